import { buildRequest, FieldError, operation, type Values } from '../../../catalog';
import type { Execution, Finishes, Steps } from '../execute/finish';
import { readOutput, recordsOf } from '../execute/output';
import { parameterReader } from '../execute/parameter-reader';
import { checkMessage } from './check-message';
import { templateFinder, type Wanted } from './find-template';
import { form } from './form';
import { type Given, PARAMETERS, readGiven, readWanted } from './read-given';

const PLAIN = operation('message.sendTemplate');
const WITH_MEDIA = operation('message.sendTemplateWithMedia');

/** Sends each item's template, after reading the account's templates once. */
function begin({ context, api }: Execution): Steps {
	const rawAt = parameterReader(context, PARAMETERS);
	const find = templateFinder(api, PLAIN.id);
	const output = readOutput(context);

	async function contentOf(raw: Values, language: unknown): Promise<Values> {
		const wanted = readWanted(raw['template'], language);
		if (!wanted) throw new FieldError(PLAIN.id, 'Template', 'must be chosen');
		const given = readGiven(PLAIN.id, raw);
		return isUnchecked(raw, wanted) ? asGiven(wanted, given) : checkMessage(PLAIN.id, await find(wanted), given);
	}

	return {
		async run(index, { languageCode, ...address }) {
			const values = { ...address, ...(await contentOf(rawAt(index), languageCode)) };
			const row = 'mediaUrl' in values ? WITH_MEDIA : PLAIN;
			return recordsOf(row, await api.send(buildRequest(row, values)), output);
		},
	};
}

/** Only a name can be sent as it is: what is picked from the list is a record ID. */
const isUnchecked = ({ additionalFields }: Values, { template }: Wanted): boolean =>
	(additionalFields as Values | undefined)?.['checkBeforeSending'] === false && !/^[0-9a-f]{24}$/.test(template);

const asGiven = ({ template, language }: Wanted, { values, mediaUrl }: Given): Values => ({
	templateName: template,
	...(language === undefined ? {} : { languageCode: language }),
	...(Object.keys(values).length === 0 ? {} : { templateVariables: values }),
	...(mediaUrl === undefined || mediaUrl === '' ? {} : { mediaUrl }),
});

/** One operation for people; whether there is header media decides which row of the developer page it becomes. */
export const sendTemplate: Finishes = {
	[PLAIN.id]: { form, begin },
	[WITH_MEDIA.id]: { within: PLAIN.id },
};
