import { jsonSchema } from '../yaml/json-schema';
import { configSchema } from './config-schema';

/** Text of bridge/messlo-bridge.schema.json. */
export const configJsonSchema = (): string =>
	jsonSchema(configSchema, { title: 'Configuration of messlo-bridge', variables: true });
