export const id = 849;
export const ids = [849];
export const modules = {

/***/ 6230:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   indexDownloads: () => (/* binding */ indexDownloads)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7075);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6466);
/* harmony import */ var _actions_http_client__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4942);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(452);
/* harmony import */ var _text_addresses_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(6763);
/* harmony import */ var _time_limits_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8995);
/* harmony import */ var _files_full_disk_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5363);











/** As uv is told in stages/lock/resolve.py. */
const PATIENCE = { tries: 3, silence: 20_000 };
/** Most bytes of a file whose size nobody tells. */
const LARGEST = 16 * 2 ** 30;
/**
 * One pool of connections for all files: without it name resolution failed under 16 parallel requests. The
 * proxies of the environment are used as `NO_PROXY` says (by @actions/http-client).
 * @param login the Authorization header for an address; asked anew after each redirect, so that a login never
 * goes to another origin
 * @param limit seconds for one file, all tries together: an index that gives a byte now and then is never silent
 */
function indexDownloads(login = () => undefined, limit = (0,_time_limits_js__WEBPACK_IMPORTED_MODULE_8__/* .limitOf */ .LF)('transfer'), patience = PATIENCE) {
    // Ours comes first: the client's own limit would look like a connection that broke.
    const options = { keepAlive: true, socketTimeout: 2 * patience.silence, allowRetries: false, allowRedirects: false };
    // A client keeps the agent of its first address, and an https agent refuses http: one for each.
    const clients = { 'http:': new _actions_http_client__WEBPACK_IMPORTED_MODULE_6__/* .HttpClient */ .Qq('pypackager-action', [], options), 'https:': new _actions_http_client__WEBPACK_IMPORTED_MODULE_6__/* .HttpClient */ .Qq('pypackager-action', [], options) };
    const get = async (url, redirects = 5) => {
        const { protocol } = new URL(url);
        if (protocol !== 'http:' && protocol !== 'https:')
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .yo('wheels', `the lock names a file by ${protocol}`, 'Only http and https are fetched.');
        const authorization = login(url);
        const { message } = await clients[protocol].get(url, authorization ? { authorization } : {});
        const location = message.headers.location;
        if (!location || ![301, 302, 303, 307, 308].includes(message.statusCode ?? 0) || redirects === 0)
            return message;
        message.resume();
        const next = new URL(location, url);
        if (protocol === 'https:' && next.protocol === 'http:')
            throw new Error('redirects from https to http');
        return get(next.href, redirects - 1);
    };
    return {
        withLogins: (logins) => indexDownloads(logins, limit, patience),
        async fetch({ url, sha256, size }, destination) {
            const started = performance.now();
            const until = AbortSignal.timeout(limit * 1000);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_3__.dirname(destination), { recursive: true });
            const part = `${destination}.part`;
            let fault = new Error('not tried');
            for (let attempt = 1; attempt <= patience.tries; attempt++) {
                try {
                    const { bytes, hash } = await stream(get, { url, part, size, until, silence: patience.silence });
                    if (hash !== sha256)
                        throw wrongHash(url, sha256, hash);
                    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(part, destination);
                    return { bytes, seconds: (performance.now() - started) / 1000 };
                }
                catch (error) {
                    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(part, { force: true });
                    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .yo || (0,_files_full_disk_js__WEBPACK_IMPORTED_MODULE_9__/* .isFullDisk */ .R0)(error))
                        throw error;
                    if (until.aborted)
                        throw tooSlow(url, limit);
                    fault = error;
                    if (attempt < patience.tries)
                        await new Promise((resolve) => setTimeout(resolve, 300 * 3 ** attempt));
                }
            }
            throw indexFault(url, fault, patience.tries);
        },
    };
}
/**
 * The client's own limit is that of a socket which it has: a proxy that answers no CONNECT, and an index that falls
 * silent within a file, would keep it waiting for ever.
 */
async function stream(get, wanted) {
    const quiet = new AbortController();
    const timer = setTimeout(() => quiet.abort(), wanted.silence);
    const signal = AbortSignal.any([quiet.signal, wanted.until]);
    try {
        return await received(await answered(get(wanted.url), signal), { ...wanted, until: signal }, () => void timer.refresh());
    }
    catch (error) {
        throw quiet.signal.aborted ? new SilenceError() : error;
    }
    finally {
        clearTimeout(timer);
    }
}
/** @throws Error where the signal comes first; an answer that comes later is thrown away */
function answered(asking, signal) {
    return new Promise((resolve, reject) => {
        if (signal.aborted)
            reject(new SilenceError());
        signal.addEventListener('abort', () => {
            reject(new SilenceError());
            asking.then((late) => late.destroy()).catch(() => { });
        });
        asking.then(resolve, reject);
    });
}
async function received(message, { url, part, size, until: signal }, heard) {
    heard();
    const status = message.statusCode ?? 0;
    if (status !== 200) {
        message.resume();
        if (status >= 500 || status === 429)
            throw new StatusError(status);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .yo('wheels', `index ${(0,_text_addresses_js__WEBPACK_IMPORTED_MODULE_10__/* .hostOf */ .w4)(url)} answered ${status} for ${fileName(url)}`, status === 401 || status === 403
            ? 'Set index-credentials (netrc text) for that host.'
            : 'Check index-url and extra-index-urls; the lock names this file.');
    }
    const announced = message.headers['content-encoding'] ? '' : (message.headers['content-length'] ?? '');
    const expected = size ?? (/^\d+$/.test(announced) ? Number(announced) : undefined);
    const most = expected ?? LARGEST;
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let bytes = 0;
    const count = new node_stream__WEBPACK_IMPORTED_MODULE_4__.Transform({
        transform(chunk, _encoding, done) {
            heard();
            bytes += chunk.length;
            if (bytes > most)
                return void done(tooLarge(url, most));
            hash.update(chunk);
            done(null, chunk);
        },
    });
    try {
        await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_5__.pipeline)(message, count, (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createWriteStream)(part), { signal });
    }
    catch (error) {
        // A connection that ends early is told by node as "aborted".
        if (expected === undefined || bytes >= expected || signal.aborted || (0,_files_full_disk_js__WEBPACK_IMPORTED_MODULE_9__/* .isFullDisk */ .R0)(error) || error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .yo)
            throw error;
        throw new CutShortError(bytes, expected);
    }
    if (expected !== undefined && bytes < expected)
        throw new CutShortError(bytes, expected);
    return { bytes, hash: hash.digest('hex') };
}
class CutShortError extends Error {
    constructor(bytes, expected) {
        super(`cut short: ${bytes} of ${expected} bytes`);
    }
}
function tooLarge(url, most) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .yo('wheels', `${fileName(url)} from ${(0,_text_addresses_js__WEBPACK_IMPORTED_MODULE_10__/* .hostOf */ .w4)(url)} is longer than the ${most} bytes that were told of it`, 'It was not installed. Make the lock again if the file was replaced on purpose.');
}
function tooSlow(url, limit) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .yo('wheels', `index ${(0,_text_addresses_js__WEBPACK_IMPORTED_MODULE_10__/* .hostOf */ .w4)(url)} did not give ${fileName(url)} within ${(0,_time_limits_js__WEBPACK_IMPORTED_MODULE_8__/* .inWords */ .r4)(limit)}`, {
        next: `${_time_limits_js__WEBPACK_IMPORTED_MODULE_8__/* .LONGER */ .Mh} ${LATER}`,
        kind: 'passing',
    });
}
class StatusError extends Error {
    status;
    constructor(status) {
        super(`answered ${status}`);
        this.status = status;
    }
}
class SilenceError extends Error {
}
function wrongHash(url, expected, got) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .yo('wheels', `${fileName(url)} from ${(0,_text_addresses_js__WEBPACK_IMPORTED_MODULE_10__/* .hostOf */ .w4)(url)} is not what the lock names: expected sha256 ${expected.slice(0, 16)}…, got ${got.slice(0, 16)}…`, 'It was not installed. Make the lock again if the file was replaced on purpose.');
}
const LATER = 'Run again later, or name another index in index-url.';
/** The index is named, not the project. */
function indexFault(url, fault, tries) {
    const code = fault.code ?? '';
    const [cause, next] = fault instanceof CutShortError
        ? [`sent ${fileName(url)} ${fault.message} (${tries} tries)`, LATER]
        : fault instanceof StatusError
            ? [`answered ${fault.status} (${tries} tries)`, LATER]
            : fault instanceof SilenceError || /timeout|ETIMEDOUT/i.test(`${code} ${fault.message}`)
                ? [`timed out (${tries} tries)`, LATER]
                : /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)
                    ? [`has a certificate that is not trusted here (${code})`, 'Name the authority that signed it in ca-bundle.']
                    : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
                        ? ['was not found (DNS)', 'Check index-url, extra-index-urls and the proxy of the runner.']
                        : [`failed: ${fault.message} (${tries} tries)`, LATER];
    const passing = next === LATER && !(fault instanceof StatusError && fault.status < 500 && ![408, 425, 429].includes(fault.status));
    return new _errors_js__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .yo('wheels', `index ${(0,_text_addresses_js__WEBPACK_IMPORTED_MODULE_10__/* .hostOf */ .w4)(url)} ${cause}`, { next, kind: passing || code === 'EAI_AGAIN' ? 'passing' : 'failed' });
}
function fileName(url) {
    return decodeURIComponent(url.split(/[?#]/)[0]?.split('/').at(-1) ?? url);
}


/***/ })

};
