import type { Config } from '../config/config';
import { compilePhone } from '../mapping/compile-phone';
import type { Problem } from '../problem';
import { readYaml } from '../yaml/read-yaml';

/** What is wrong with the Liquid that gives a calendar's numbers. `text` is the configuration as it was read. */
export function checkPhones({ sources }: Pick<Config, 'sources'>, file: string, text: string): Problem[] {
	const faulty = sources.flatMap((source, index) => {
		if (source.kind !== 'google-calendar' || source.phone === undefined) return [];
		const compiled = compilePhone(source.phone);
		return compiled.ok ? [] : compiled.faults.map((fault) => ({ index, ...fault }));
	});
	if (faulty.length === 0) return [];
	const { problemAt } = readYaml(file, text);
	return faulty.map(({ index, message, fix }) => problemAt(['sources', index, 'phone'], message, fix));
}
