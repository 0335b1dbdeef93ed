import type { INodeProperties } from 'n8n-workflow';
import type { Finishes } from '../execute/finish';
import { waitUntilVerified } from './wait-until-verified';

const TIMEOUT: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 3600 },
	default: 600,
	description: 'How long to wait for the text of the user; a session lives about ten minutes',
};

export const login: Finishes = {
	'login.listen': {
		form: (derived) => [...derived, TIMEOUT],
		begin: (execution) => ({ run: (index, values) => waitUntilVerified(execution, index, values) }),
	},
};
