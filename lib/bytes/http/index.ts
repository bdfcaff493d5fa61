/** Files of https, davs, http and dav servers. */
export { openHttp } from './open-http.js'
