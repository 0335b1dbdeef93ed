import { createHmac } from 'node:crypto';
import { loginApps } from '../handlers/login-apps';
import type { Contact, Message, PhoneNumber } from '../records';
import { sendText } from '../whatsapp/send-text';
import type { World } from '../world';
import { callOut } from './call-out';

/** Lets a person in whose message is the text of a waiting login: tells who listens, the app's webhook and the person. */
export async function verifyLogin(
	world: World,
	message: Message,
	contact: Contact,
	number: PhoneNumber,
): Promise<void> {
	const { state, clock } = world;
	const session = state.logins.find(
		({ text, number_id: at, expiresAt, verified }) =>
			text === message.message.trim() && at === number._id && !verified && expiresAt > clock.now(),
	);
	if (!session) return;
	const user = { phone: contact.phone_number, name: contact.name };
	session.verified = { ...user, token: tokenOf(session.id, user), isUsed: false };
	for (const tell of session.listeners) tell();
	const app = loginApps.find(state, session.app_id);
	const reply = app['login_success_reply_message'];
	if (typeof reply === 'string' && reply !== '') sendText(world, number, contact, { message: reply });
	if (typeof app['webhook_url'] !== 'string') return;
	const event = { event: 'whatsapp.auth.verified', sessionId: session.id, user, timestamp: clock.now().toISOString() };
	const body = JSON.stringify(event);
	// The algorithm is not published: this is what the contract assumes.
	const signature = createHmac('sha256', String(app['webhook_secret'])).update(body).digest('hex');
	const headers = { 'content-type': 'application/json', 'x-messlo-signature': `sha256=${signature}` };
	await callOut(world, { method: 'POST', url: app['webhook_url'], headers, body });
}

/** In the form of a JWT, signed with nothing that anybody could know. */
const tokenOf = (session: string, user: Record<string, string>): string => {
	const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: user['phone'], session })}`;
	return `${body}.${createHmac('sha256', session).update(body).digest('base64url')}`;
};
