import type { Finishes } from './execute/finish';
import { login } from './login/login';

/** Operations whose form or call is finished by hand; all others follow from the catalogue alone. */
export const finishes: Finishes = { ...login };
