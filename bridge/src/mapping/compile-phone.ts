import { compileText, type Compilation } from './liquid/compile';
import { vocabularyFor } from './vocabulary';

/** The Liquid of a calendar that gives the number: `phone` of its source. */
export const compilePhone = (text: string): Compilation => compileText(text, vocabularyFor(['calendar.created']));
