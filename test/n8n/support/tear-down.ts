import { stop } from './set-up.ts';

export default stop;
