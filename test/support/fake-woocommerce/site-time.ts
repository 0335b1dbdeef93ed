/** GMT without zone, as the REST API writes `…_gmt`. */
export const gmt = (time: Date): string => time.toISOString().slice(0, 19);

/** What the site's clock shows. */
export const local = (time: Date, zone: string): string =>
	new Intl.DateTimeFormat('sv-SE', {
		timeZone: zone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	})
		.format(time)
		.replace(' ', 'T');

/**
 * A date of a query as WP_Date_Query hands it to the database (build_mysql_datetime): read in the site's zone unless it names one,
 * written in the site's zone, whatever column it is compared with. PHP moves a time that the clock skips forward by the gap.
 */
export function mysqlDate(text: string, zone: string): string {
	if (/(Z|[+-]\d\d:?\d\d)$/i.test(text)) return local(new Date(text), zone);
	const wall = Date.parse(`${text}Z`);
	const offset = (moment: number) => Date.parse(`${local(new Date(moment), zone)}Z`) - moment;
	const moments = [wall - offset(wall - 86_400_000), wall - offset(wall + 86_400_000)];
	const found = moments.find((moment) => moment + offset(moment) === wall) ?? moments[0] ?? wall;
	return local(new Date(found), zone);
}
