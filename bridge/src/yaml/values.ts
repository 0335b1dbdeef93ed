import { z } from 'zod';
import { DURATION_PATTERN, parseDuration } from '../duration';

/** Text with something in it. */
export const words = () => z.string().trim().min(1, 'is empty → write a value or remove the key');

/** "30s", "24h", "7d" → milliseconds. */
export const duration = () =>
	z
		.string('is not a duration → write a number with its unit: 30s, 5m, 24h or 7d')
		.transform((written, context) => {
			const milliseconds = parseDuration(written);
			if (milliseconds !== undefined) return milliseconds;
			context.addIssue(`'${written}' is not a duration → write a number with its unit: 30s, 5m, 24h or 7d`);
			return z.NEVER;
		})
		.meta({ pattern: DURATION_PATTERN });

/** "21:00" */
export const timeOfDay = () =>
	z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day → write hours and minutes in quotes: "21:00"');

/** Digits with country code, as the API wants its sender. */
export const senderNumber = () =>
	z
		.string()
		.regex(
			/^\d{8,15}$/,
			'is not a WhatsApp number → write its digits with country code and without plus: "911234567890"',
		);
