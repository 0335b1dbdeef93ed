import { jsonSchema } from '../yaml/json-schema';
import { mappingSchema } from './mapping-schema';

/** Text of bridge/mapping.schema.json. */
export const mappingJsonSchema = (): string =>
	jsonSchema(mappingSchema, { title: 'Mapping of messlo-bridge', variables: false });
