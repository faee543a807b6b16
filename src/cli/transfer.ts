/** The program of import and export, apart from `main.ts`, so that a server holds none of it. */
export { runExport } from './export-run.ts';
export { runImport } from './import-run.ts';
