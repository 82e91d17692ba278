export const id = 120;
export const ids = [120];
export const modules = {

/***/ 8120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gitHub: () => (/* binding */ gitHub)
/* harmony export */ });
/* harmony import */ var _actions_http_client__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4942);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7934);
/* harmony import */ var _grammar_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6650);
/* harmony import */ var _pages_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7547);




const TIMEOUT_MS = 10_000;
const REFS = valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ ref: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() }));
const RELEASES = valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ tag_name: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), prerelease: valibot__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY() }));
/**
 * What GitHub's API tells of a repository, as far as it is asked; Forgejo's tells the same of releases.
 * @param apiUrl such as `https://api.github.com`
 * @see https://docs.github.com/rest/git/refs
 * @see https://docs.github.com/rest/releases/releases
 */
function gitHub(apiUrl) {
    const client = new _actions_http_client__WEBPACK_IMPORTED_MODULE_0__/* .HttpClient */ .Qq('pypackager-action', [], { socketTimeout: TIMEOUT_MS, allowRetries: false });
    const { origin, pathname } = new URL(apiUrl);
    const repositories = `${pathname.replace(/\/$/, '')}/repos/`;
    // Absent rights or no network: the next source is asked.
    const asking = (token) => (path) => client.get(`${origin}${path}`, { authorization: `Bearer ${token}`, accept: 'application/json' }).catch(() => undefined);
    return {
        tags: (repository, token) => (0,_pages_js__WEBPACK_IMPORTED_MODULE_3__/* .listed */ .K)(`${repositories}${repository}/git/matching-refs/tags/`, asking(token), (body) => (0,_grammar_js__WEBPACK_IMPORTED_MODULE_1__/* .readJson */ .Vh)(REFS, body)?.map(({ ref }) => ref.replace('refs/tags/', ''))),
        prereleases: (repository, token) => (0,_pages_js__WEBPACK_IMPORTED_MODULE_3__/* .listed */ .K)(`${repositories}${repository}/releases?per_page=100`, asking(token), (body) => (0,_grammar_js__WEBPACK_IMPORTED_MODULE_1__/* .readJson */ .Vh)(RELEASES, body)
            ?.filter(({ prerelease }) => prerelease)
            .map(({ tag_name }) => tag_name)),
    };
}


/***/ }),

/***/ 7547:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ listed),
/* harmony export */   b: () => (/* binding */ textOf)
/* harmony export */ });
/** Pages of a list; more are taken for a list without an end. */
const MOST_PAGES = 1000;
/** The body of an answer; undefined where it was cut, of which the client's own `readBody` would never hear. */
async function textOf(response) {
    if (!response)
        return undefined;
    const chunks = [];
    try {
        for await (const chunk of response.message)
            chunks.push(chunk);
    }
    catch {
        return undefined;
    }
    return Buffer.concat(chunks).toString('utf8');
}
/**
 * A list that comes page by page: each names the next one in a header. A next page is asked of the same host alone.
 * @param items of a page's body; undefined where it is not of its kind
 * @returns undefined where a page is missing, or not of its kind
 * @see RFC 8288 (Web Linking)
 */
async function listed(first, get, items) {
    const all = [];
    const asked = new Set();
    let path = first;
    while (path !== undefined && !asked.has(path) && asked.size < MOST_PAGES) {
        asked.add(path);
        const response = await get(path);
        const body = await textOf(response);
        const found = response?.message.statusCode === 200 ? items(body ?? '') : undefined;
        if (!found)
            return undefined;
        all.push(...found);
        path = nextPage(path, response?.message.headers.link);
    }
    return path === undefined ? all : undefined;
}
/** Path and query of the next page. */
function nextPage(current, link) {
    const next = /<([^<>]*)>\s*;[^,]*\brel="?next\b/i.exec([link ?? ''].flat().join(', '))?.[1];
    const base = `http://host${current}`;
    if (!next || !URL.canParse(next, base))
        return undefined;
    const { pathname, search } = new URL(next, base);
    return `${pathname}${search}`;
}


/***/ })

};
