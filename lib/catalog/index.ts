/** Names of datasets to lists of files: grid catalogs, local folders, redirectors. */
export { askDasClient, DAS_CLIENTS, type DasOptions } from './das-client.js'
export { checkSuffix, oddDatasetNames, parseDatasetList } from './dataset-list.js'
export { DBS_URL, type DbsOptions, type DbsService, openDbs } from './dbs-service.js'
export type { DatasetEntry, DatasetList, DatasetPath } from './entries.js'
export { type FetchOptions, type Fileset, type FilesetEntry, fetchFileset, type Missing } from './fetch-fileset.js'
export { type LocalOptions, listFolder } from './local-files.js'
export { redirectFiles } from './redirect-files.js'
export { PATIENCE, type Patience } from './retry.js'
