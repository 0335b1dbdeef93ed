/** Makes docs/benchmarks.md and its pictures of what the benches left in bench/results. `npx node bench/page.mts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ackPart } from './page/ack.mts';
import { deliverPart } from './page/deliver.mts';
import type { Part } from './page/part.mts';
import { rivalsPart } from './page/rivals.mts';
import { scalePart } from './page/scale.mts';
import { quick, type Results, saved } from './support/figures.mts';
import { root } from './support/webhooks.mts';

const out = quick ?? root;
const write = (path: string, text: string) => {
	mkdirSync(dirname(join(out, path)), { recursive: true });
	writeFileSync(join(out, path), text);
};

const benches: { bench: string; make: (results: Results<never>) => Part }[] = [
	{ bench: 'ack', make: ackPart },
	{ bench: 'deliver', make: deliverPart },
	{ bench: 'scale', make: scalePart },
	{ bench: 'rivals', make: rivalsPart },
];
const found = benches.flatMap(({ bench, make }) => {
	const results = saved<never>(bench);
	return results ? [{ bench, results, part: make(results) }] : [];
});
for (const { bench, part } of found) write(`docs/pictures/bench-${bench}.svg`, part.picture);

const runs = new Set(
	found.map(({ results: { on, machine } }) => {
		const { cores, memoryGb, node, system, fdatasyncMs } = machine;
		return `${on}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, an fdatasync of 4 kB in ${fdatasyncMs} ms`;
	}),
);
const goals = found.flatMap(({ results }) => results.goals);
const rows = goals.map(
	({ what, goal, value, met }) => `| ${what} | ${goal} | ${value} | ${met ? 'met' : '**not met**'} |`,
);

write(
	'docs/benchmarks.md',
	`<!-- Made by "npm run bench" of bench/results/*.json. Do not edit: change bench/page. -->
# Benchmarks

Every figure here was taken by one command on one machine, which runs the load generator, the bridge, its database, the API and n8n together:

\`\`\`
npm run bench
\`\`\`

It needs some forty minutes, and a machine that does nothing else meanwhile. n8n (2.6 GB) is installed outside of the checkout the first time.
\`TEST_DATABASE_URL\` names a PostgreSQL to use in place of the one that comes with npm. Figures of another machine differ; what is promised are
ratios of neighbours in one run, medians of alternating rounds.

${runs.size > 0 ? `Taken on: ${[...runs].join('; ')}.` : 'Nothing was measured yet.'}
${
	goals.length > 0
		? `
## Goals

${goals.filter(({ met }) => met).length} of ${goals.length} are met.

| what | goal | measured | |
| --- | --- | --- | --- |
${rows.join('\n')}
`
		: ''
}
${found.map(({ bench, part }) => `## ${part.title}\n\n![${part.title}](pictures/bench-${bench}.svg)\n\n${part.text}`).join('\n\n')}
`,
);
console.log(
	`${join(out, 'docs/benchmarks.md')}: ${goals.filter(({ met }) => met).length} of ${goals.length} goals met`,
);
