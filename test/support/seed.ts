import fc from 'fast-check';

/**
 * Games of chance are the same in every run, so that a red test speaks of the change and not of the dice.
 * `SEED=new npm run test:unit` looks for what nobody has seen yet; `SEED=<number>` plays another game again.
 */
const asked = process.env['SEED'];
if (asked !== 'new') fc.configureGlobal({ seed: Number(asked ?? 20261123) });
