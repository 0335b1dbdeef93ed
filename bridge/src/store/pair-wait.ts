/** Why a message waits that `claimDue` put off, in every engine. */
export const PAIR_WAIT = 'another message to this person left a moment ago: it leaves a few seconds after that one';
