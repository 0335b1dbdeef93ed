import { Collection } from './collection';
import type { Handler } from './handler';

export const teams = new Collection('teams', { noun: 'Team', search: ['name'], unique: ['name'] });

export const agents = new Collection('agents', {
	noun: 'Agent',
	search: ['name', 'email', 'phone'],
	unique: ['email'],
	references: { team_id: teams.find },
	hidden: ['password'],
	defaults: { status: true },
});

export const team: Record<string, Handler> = {
	...teams.serve({ list: 'listTeams' }),
	...agents.serve({ list: 'listAgents', get: 'getAgent', create: 'createAgent', update: 'updateAgentStatus' }),
};
