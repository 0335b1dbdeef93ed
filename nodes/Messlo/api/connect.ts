import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { type ApiRequest, type Operation, succeeded } from '../../../catalog';
import { causeOf } from '../errors/causes';
import { ApiFailure, type Failed } from './api-failure';
import type { Pace, Time } from './pace';
import { retryAfterMs } from './retry-after';
import { silence } from './silence';

export type ApiContext = IExecuteFunctions | ILoadOptionsFunctions;

export interface Api {
	baseUrl: string;
	/** The body of a good answer; throws ApiFailure. */
	send(request: ApiRequest, form?: FormData): Promise<unknown>;
	/** One request without judgement: for answers that are no JSON. */
	fetch(options: Partial<IHttpRequestOptions> & { path: string }): Promise<FullAnswer>;
}

interface FullAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

export type CredentialName = 'messloApi' | 'messloLoginApi';

/** Login apps have keys of their own. */
export const credentialOf = ({ key }: Pick<Operation, 'key'>): CredentialName =>
	key === 'loginApp' ? 'messloLoginApi' : 'messloApi';

/** A rate limit is waited for so often, and never for longer: an execution should not hang for an hour. */
const AGAIN = { times: 5, longestMs: 60_000, firstMs: 1000 };

/** The API with the key of a credential. Waits and asks again where the API says that it was too fast, and only there. */
export async function connect(context: ApiContext, credential: CredentialName, pace: Pace, time: Time): Promise<Api> {
	const { baseUrl: given } = await context.getCredentials<{ baseUrl: string }>(credential);
	const baseUrl = given.trim().replace(/\/+$/, '');

	async function fetch({ path, ...options }: Partial<IHttpRequestOptions> & { path: string }): Promise<FullAnswer> {
		await pace.turn();
		const request: IHttpRequestOptions = {
			url: baseUrl + path,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A key must not follow a redirect to another host.
			disableFollowRedirect: true,
			...options,
		};
		const answer: FullAnswer | Failed = await context.helpers.httpRequestWithAuthentication
			.call(context, credential, request)
			.then((full) => full as FullAnswer)
			.catch((error: unknown) => silence(error, baseUrl));
		if ('kind' in answer) throw new ApiFailure(answer);
		return answer;
	}

	async function ask({ method, body }: ApiRequest, path: string, form?: FormData): Promise<FullAnswer> {
		// As text, since n8n's client leaves out an empty object.
		const content = form ?? (body && JSON.stringify(body));
		return await fetch({
			path,
			method: method as 'GET',
			headers: { Accept: 'application/json', ...(body && !form ? { 'Content-Type': 'application/json' } : {}) },
			...(content === undefined ? {} : { body: content as never }),
		});
	}

	async function send(request: ApiRequest, form?: FormData): Promise<unknown> {
		for (let tried = 0; ; tried += 1) {
			let answer = await ask(request, request.path, form);
			if (answer.statusCode === 404 && request.fallbackPath !== undefined)
				answer = await ask(request, request.fallbackPath, form);
			if (succeeded(answer.statusCode, answer.body)) return answer.body;
			const failed = readFailure(answer, time.now());
			const wait = failed.retryAfterMs ?? AGAIN.firstMs * 2 ** tried;
			if (causeOf(failed).name !== 'rate-limited' || tried >= AGAIN.times || wait > AGAIN.longestMs)
				throw new ApiFailure(failed);
			pace.hold(wait);
		}
	}

	return { baseUrl, send, fetch };
}

export function readFailure({ statusCode, headers, body }: FullAnswer, now: number): Failed & { kind: 'answer' } {
	const after = retryAfterMs(headers['retry-after'], now);
	return { kind: 'answer', status: statusCode, body, ...(after === undefined ? {} : { retryAfterMs: after }) };
}
