export { beginRun as default } from './postgres';
