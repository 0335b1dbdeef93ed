import fc from 'fast-check';
import type { Verdict } from '../../../bridge/src/domain';
import type { Source, WebhookRequest } from '../../../bridge/src/sources/source';

/** A request as the shop would send it: lower-case headers and a right signature for the given secret. */
export interface SignedRequest {
	headers: Record<string, string>;
	body: Buffer;
}

export interface SourceUnderTest {
	kind: string;
	source(secrets: string[]): Source;
	/** A genuine delivery; each call with another number is another delivery of another event. */
	genuine(secret: string, number?: number): SignedRequest;
	/** A genuine signature around bytes that nobody expects. */
	signed(secret: string, body: Buffer): SignedRequest;
	signatureHeader: string;
	/** Every other header without which a delivery is refused. */
	requiredHeaders: string[];
}

/** What the source says of a request at its own door; a ping, which leaves nothing to keep, is an error here. */
export function verdictOf(source: Source, request: WebhookRequest): Exclude<Verdict, { result: string }> {
	const verdict = source.doors[source.kind]?.(request);
	if (!verdict || 'result' in verdict) throw new Error('nothing to keep');
	return verdict;
}

/** What every source that posts to us must do, whatever the shop. */
export function sourceBattery({
	kind,
	source,
	genuine,
	signed,
	signatureHeader,
	requiredHeaders,
}: SourceUnderTest): void {
	const verdict = (request: WebhookRequest, secrets = ['now']) => verdictOf(source(secrets), request);
	const reason = (request: WebhookRequest, secrets?: string[]) => {
		const given = verdict(request, secrets);
		return given.ok ? 'accepted' : `${given.status} ${given.reason}`;
	};

	describe(`${kind}: the battery of all webhook sources`, () => {
		test('a genuine delivery is accepted with its exact bytes, and without its signature', () => {
			const request = genuine('now');
			const given = verdict(request);
			if (!given.ok) throw new Error(given.detail);
			expect(given.delivery.body.equals(request.body)).toBe(true);
			expect(given.delivery.source).toBe(source(['now']).id);
			expect(JSON.stringify(given.delivery.headers)).not.toContain(request.headers[signatureHeader]);
		});

		test('both secrets are accepted while one is being rotated', () => {
			expect(reason(genuine('old'), ['now', 'old'])).toBe('accepted');
			expect(reason(genuine('now'), ['now', 'old'])).toBe('accepted');
		});

		test('no secret, or an empty one, accepts nothing', () => {
			expect(reason(genuine('now'), [])).toBe('401 no-secret-configured');
			expect(reason(genuine(''), [''])).toBe('401 no-secret-configured');
		});

		test('another secret is refused', () => expect(reason(genuine('other'))).toBe('401 bad-signature'));

		test('a missing signature is refused', () => {
			const { headers, body } = genuine('now');
			expect(reason({ headers: { ...headers, [signatureHeader]: undefined }, body })).toBe('401 missing-signature');
		});

		test.each(requiredHeaders)('without the header %s it is refused and the header is named', (name) => {
			const { headers, body } = genuine('now');
			const given = verdict({ headers: { ...headers, [name]: undefined }, body });
			expect(given).toMatchObject({ ok: false, status: 400, reason: 'missing-headers' });
			expect(given.ok ? '' : given.detail).toContain(name);
		});

		test.each([undefined, Buffer.alloc(0)])('a request without a body is refused', (body) => {
			expect(reason({ headers: genuine('now').headers, body })).toBe('400 empty-body');
		});

		test('any change of one byte is refused', () => {
			const { headers, body } = genuine('now');
			fc.assert(
				fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
					const changed = Buffer.from(body);
					changed[place] = (body[place] ?? 0) ^ change;
					expect(reason({ headers, body: changed })).toBe('401 bad-signature');
				}),
			);
		});

		test('a byte more or less is refused', () => {
			const { headers, body } = genuine('now');
			expect(reason({ headers, body: Buffer.concat([body, Buffer.from(' ')]) })).toBe('401 bad-signature');
			expect(reason({ headers, body: body.subarray(0, -1) })).toBe('401 bad-signature');
		});

		test('no signature of any form but the right one is taken', () => {
			const { headers, body } = genuine('now');
			const right = headers[signatureHeader] ?? '';
			const forged = [
				`${right}, ${right}`,
				`${right}=`,
				right.slice(0, -1),
				right.toLowerCase(),
				'=',
				'x'.repeat(9000),
			];
			// In hex the lower case is the right one.
			for (const signature of forged.filter((each) => each !== right))
				expect(reason({ headers: { ...headers, [signatureHeader]: signature }, body })).toBe('401 bad-signature');
		});

		test('a redelivery has the same keys, another event has others', () => {
			const keys = (request: SignedRequest) => {
				const given = verdict(request);
				return given.ok ? [given.delivery.deliveryKey, given.delivery.eventKey] : [];
			};
			expect(keys(genuine('now', 1))).toEqual(keys(genuine('now', 1)));
			expect(keys(genuine('now', 2))[0]).not.toBe(keys(genuine('now', 1))[0]);
			expect(keys(genuine('now', 2))[1]).not.toBe(keys(genuine('now', 1))[1]);
		});

		test('a signed body that is not a JSON object is refused but kept', () => {
			for (const text of ['{', 'null', '[]', '"text"', '42', '{"id":1}x', '\ufeff{}']) {
				const given = verdict(signed('now', Buffer.from(text)));
				expect(given).toMatchObject({ ok: false, status: 422, reason: 'unreadable-body' });
				expect(given).toHaveProperty('delivery.body', Buffer.from(text));
			}
		});

		test('signed random bytes never throw, neither in verify nor in read', () => {
			fc.assert(
				fc.property(fc.oneof(fc.uint8Array({ minLength: 1 }).map(Buffer.from), fc.json().map(Buffer.from)), (body) => {
					const given = verdict(signed('now', body));
					const delivery = 'delivery' in given ? given.delivery : undefined;
					if (delivery !== undefined) source(['now']).read(delivery);
				}),
			);
		});

		test('read is deterministic and keeps nothing between calls', () => {
			const given = verdict(genuine('now'));
			if (!given.ok) throw new Error(given.detail);
			const [one, other] = [source(['now']), source(['now'])];
			expect(one.read(given.delivery)).toEqual(other.read(given.delivery));
			expect(one.read(given.delivery)).toEqual(one.read(given.delivery));
		});
	});
}
