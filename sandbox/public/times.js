const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

const midnight = (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate());

/** "10:04" */
export const timeOf = (iso) => clock.format(new Date(iso));

/** "Today", "Yesterday", "Monday" or the date, seen from the sandbox's own time. */
export function dayOf(iso, now) {
	const at = new Date(iso);
	const days = Math.round((midnight(new Date(now)) - midnight(at)) / 86_400_000);
	if (days === 0) return 'Today';
	if (days === 1) return 'Yesterday';
	return days > 1 && days < 7 ? weekday.format(at) : date.format(at);
}
