import { OPERATIONS } from '../../../catalog';
import type { Finishes } from '../execute/finish';
import { createCampaigns } from './create-campaign';
import { createForm, sendForm } from './form';
import { sendCampaigns } from './send-campaign';

const creating = OPERATIONS.filter(({ contract }) => contract.operationId === 'createCampaign');

/** Campaigns go to many people at once: what is created or sent by accident cannot be taken back. */
export const campaign: Finishes = {
	...Object.fromEntries(creating.map((row) => [row.id, { form: createForm, begin: createCampaigns }])),
	'campaign.send': { form: sendForm, begin: sendCampaigns },
};
