/** Files of https, davs, http and dav servers. */
export { httpFiles } from './files.js'
export { openHttp } from './open-http.js'
