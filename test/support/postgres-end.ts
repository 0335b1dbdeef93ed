export { endRun as default } from './postgres';
