import type { LoginSession } from '../records';
import { notFound, Refusal } from '../refusal';
import { numberById, primaryNumber } from '../state';
import type { World } from '../world';
import { EventStream } from './event-stream';
import { handler, Reply, type Handler } from './handler';
import { loginApps } from './login-apps';

const LIFE_MS = 10 * 60_000;

function sessionById({ state, clock }: World, id: string | undefined): LoginSession {
	const session = state.logins.find((candidate) => candidate.id === id);
	if (!session) throw notFound(`Session ${id}`);
	if (!session.verified && session.expiresAt <= clock.now()) throw new Refusal(410, 'expired');
	return session;
}

export const login: Record<string, Handler> = {
	startWhatsAppLogin: handler<{ use_messlo_phone?: boolean; phone_number_id?: string } | undefined>((call) => {
		const { state, clock } = call.world;
		const app = loginApps.find(state, call.loginApp ?? '');
		// The sandbox has no number of Messlo's own: the primary one stands in for it.
		const { phone_number_id: metaId } = call.body ?? {};
		const number = metaId === undefined ? primaryNumber(state) : numberById(state, metaId);
		const tail = state.nextId().slice(-5);
		const text = `LOGIN ${Number.parseInt(tail, 16)}`;
		const session: LoginSession = {
			id: `ses_${tail}`,
			app_id: app._id,
			subscribeToken: `sub_${tail}`,
			text,
			number_id: number._id,
			expiresAt: new Date(clock.now().getTime() + LIFE_MS),
			listeners: new Set(),
		};
		state.logins.push(session);
		call.world.changed();
		return {
			success: true,
			sessionId: session.id,
			waLink: `https://wa.me/${number.digits}?text=${encodeURIComponent(text)}`,
			subscribeToken: session.subscribeToken,
			expires_at: session.expiresAt.toISOString(),
			authAppId: app._id,
			authAppName: app['name'],
		};
	}),

	streamWhatsAppLoginEvents: handler(({ world, path, query }) => {
		const session = sessionById(world, path['sessionId']);
		if (query['token'] !== session.subscribeToken) throw new Refusal(401, 'Invalid subscribe token');
		return new EventStream((send, end) => {
			const tell = (): void => {
				send('verified', { sessionId: session.id });
				end();
			};
			if (session.verified) tell();
			else session.listeners.add(tell);
			void world.clock.wait(session.expiresAt.getTime() - world.clock.now().getTime()).then(end);
			return () => session.listeners.delete(tell);
		});
	}),

	getWhatsAppLoginStatus: handler(({ world, path }) => {
		const { verified } = sessionById(world, path['sessionId']);
		if (verified) return { success: true, status: 'verified', verificationToken: verified.token };
		return new Reply({ success: false, status: 'pending' }, { 'Retry-After': '2' });
	}),

	verifyWhatsAppLoginToken: handler<{ token: string }>(({ world, body }) => {
		const found = world.state.logins.find(({ verified }) => verified?.token === body.token)?.verified;
		if (!found) throw new Refusal(401, 'Invalid verification token');
		if (found.isUsed) throw new Refusal(401, 'The verification token has been used already');
		found.isUsed = true;
		return { valid: true, user: { phone: found.phone, name: found.name } };
	}),
};
