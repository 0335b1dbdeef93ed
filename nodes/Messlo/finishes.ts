import { campaign } from './campaign/campaign';
import { createTemplate } from './create-template/create-template';
import type { Finishes } from './execute/finish';
import { login } from './login/login';
import { sendTemplate } from './send-template/send-template';

/** Operations whose form or call is finished by hand; all others follow from the catalogue alone. */
export const finishes: Finishes = { ...campaign, ...createTemplate, ...login, ...sendTemplate };
