export const id = 545;
export const ids = [545];
export const modules = {

/***/ 9545:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  work: () => (/* binding */ work)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/context.js
/**
 * @param env the process environment
 * @param payload the parsed event payload (`GITHUB_EVENT_PATH`), `{}` where there is none
 * @param cwd the working folder, used as workspace outside Actions
 * @param tmp the system's folder for temporary files, used where the runner names none
 */
function runContext(env, payload, cwd, tmp) {
    const event = env.GITHUB_EVENT_NAME ?? '';
    const repository = env.GITHUB_REPOSITORY ?? '';
    const head = headRepository(event, payload);
    const number = numberAt(payload, 'pull_request', 'number');
    const foreign = head.known && head.name.toLowerCase() !== repository.toLowerCase();
    return {
        inActions: env.GITHUB_ACTIONS === 'true',
        event,
        ref: env.GITHUB_REF ?? '',
        refName: env.GITHUB_REF_NAME ?? (env.GITHUB_REF ?? '').replace(/^refs\/(heads|tags)\//, ''),
        sha: env.GITHUB_SHA ?? '',
        repository,
        owner: env.GITHUB_REPOSITORY_OWNER ?? repository.split('/')[0] ?? '',
        actor: env.GITHUB_ACTOR ?? '',
        serverUrl: env.GITHUB_SERVER_URL ?? 'https://github.com',
        apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
        pullRequest: number === undefined ? undefined : { number, fork: foreign, headSha: textAt(payload, 'pull_request', 'head', 'sha') },
        prerelease: event === 'release' && at(payload, ['release', 'prerelease']) === true,
        foreignHead: foreign,
        ...(event === 'workflow_run' && { followed: followed(payload) }),
        defaultBranch: textAt(payload, 'repository', 'default_branch') ?? '',
        baseRef: textAt(payload, 'pull_request', 'base', 'ref') ?? (textAt(payload, 'base_ref') ?? '').replace(/^refs\/heads\//, ''),
        metadata: {
            prHeadSha: /true/i.test(env.DOCKER_METADATA_PR_HEAD_SHA ?? ''),
            shortSha: env.DOCKER_METADATA_SHORT_SHA_LENGTH ?? '',
        },
        workspace: env.GITHUB_WORKSPACE || cwd,
        temp: env.RUNNER_TEMP || tmp,
        runUrl: runUrl(env),
        cacheService: Boolean(env.ACTIONS_RUNTIME_TOKEN && (env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL)),
    };
}
function runUrl(env) {
    const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT } = env;
    if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID)
        return '';
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/attempts/${GITHUB_RUN_ATTEMPT ?? '1'}`;
}
/** A request by its number where it is of this repository, else the branch. */
function followed(payload) {
    const run = at(payload, ['workflow_run']);
    const request = textAt(run, 'event')?.startsWith('pull_request');
    const number = numberAt(run, 'pull_requests', '0', 'number');
    const branch = textAt(run, 'head_branch');
    const ref = request ? (number === undefined ? '' : `refs/pull/${number}/head`) : branch ? `refs/heads/${branch}` : '';
    return { sha: textAt(run, 'head_sha') ?? '', ref };
}
/** The repository that the code under test comes from. A deleted fork has no name: that is foreign too. */
function headRepository(event, payload) {
    if (event.startsWith('pull_request')) {
        return { known: true, name: textAt(payload, 'pull_request', 'head', 'repo', 'full_name') ?? '' };
    }
    if (event === 'workflow_run') {
        return { known: true, name: textAt(payload, 'workflow_run', 'head_repository', 'full_name') ?? '' };
    }
    return { known: false, name: '' };
}
function at(value, path) {
    return path.reduce((here, key) => (typeof here === 'object' && here !== null ? here[key] : undefined), value);
}
function textAt(value, ...path) {
    const found = at(value, path);
    return typeof found === 'string' ? found : undefined;
}
function numberAt(value, ...path) {
    const found = at(value, path);
    return typeof found === 'number' ? found : undefined;
}

// EXTERNAL MODULE: ./lib/effects/docker/docker.js + 12 modules
var docker = __webpack_require__(4052);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./node_modules/yauzl/index.js
var yauzl = __webpack_require__(663);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/effects/process/child.js + 1 modules
var process_child = __webpack_require__(3098);
;// CONCATENATED MODULE: ./lib/effects/files/archive-limits.js

/** What an archive may hold before it is no package any more: an index, or whoever writes to it, can send anything. */
const LIMITS = {
    members: 100_000,
    /** Bytes of all members together. The largest wheels (of CUDA) have some 3 GB. */
    unpacked: 8 * 2 ** 30,
    /** How many times larger than the archive its members may be, where they are large: text has 20, zeros 1000. */
    ratio: 200,
    large: 256 * 2 ** 20,
    /** Bytes of a member that is read as text. */
    text: 16 * 2 ** 20,
    /** For a program that unpacks it. */
    milliseconds: 300_000,
};
/** Adds up what an archive says of its members, before their content is read. @param bytes of the archive itself */
function archiveMeter(name, bytes) {
    let members = 0;
    let unpacked = 0;
    const refuseLarge = (size) => {
        if (size > LIMITS.unpacked)
            throw tooMuch(name, `more than ${LIMITS.unpacked / 2 ** 30} GB when it is unpacked`);
        if (size > LIMITS.large && size > bytes * LIMITS.ratio)
            throw tooMuch(name, `more than ${LIMITS.ratio} times its own size when it is unpacked`);
    };
    return {
        refuseLarge,
        member(size) {
            members++;
            unpacked += size;
            if (members > LIMITS.members)
                throw tooMuch(name, `more than ${LIMITS.members} members`);
            refuseLarge(unpacked);
        },
    };
}
function tooMuch(name, what) {
    return new errors/* UserError */.yo('wheels', `${name} holds ${what}`, 'No package does: look at where it comes from, and pin another version of it.');
}
function unreadable(name, fault) {
    return new errors/* UserError */.yo('wheels', `${name} cannot be read: ${fault.message}`, 'It is as the lock names it: pin another version of it.');
}

// EXTERNAL MODULE: ./lib/effects/files/tar-reader.js
var tar_reader = __webpack_require__(3029);
;// CONCATENATED MODULE: ./lib/effects/files/archives.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});










/** Archives are read, never run; nothing is extracted by the paths they name. What they hold is limited before it is read. */
const archives = {
    async unzipMember(archive, memberEnd, to) {
        await (0,promises_.mkdir)(external_node_path_.dirname(to), { recursive: true });
        const found = await eachMember(archive, async (entry, open) => {
            if (!entry.fileName.endsWith(memberEnd))
                return false;
            await (0,external_node_stream_promises_.pipeline)(await open(), (0,external_node_fs_.createWriteStream)(to));
            return true;
        });
        if (!found)
            throw new Error(`${external_node_path_.basename(archive)} holds no ${memberEnd}`);
        await (0,promises_.chmod)(to, 0o755);
        await (0,promises_.utimes)(to, 0, 0); // one time for one content: BuildKit sends a file again when its time changed
    },
    async list(archive) {
        const names = [];
        if (isZip(archive)) {
            await eachMember(archive, async ({ fileName }) => {
                names.push(fileName);
                return false;
            });
        }
        else
            await readTar(archive, ({ path }) => void names.push(path));
        return names;
    },
    async readMember(archive, member) {
        let content;
        if (isZip(archive)) {
            await eachMember(archive, async (entry, open) => {
                if (entry.fileName !== member)
                    return false;
                if (entry.uncompressedSize > LIMITS.text)
                    throw tooLong(archive, member);
                content = await (await open()).toArray();
                return true;
            });
        }
        else {
            await readTar(archive, ({ path, kind, size }) => {
                if (path !== member || kind !== 'file' || content)
                    return undefined;
                if (size > LIMITS.text)
                    throw tooLong(archive, member);
                const pieces = [];
                content = pieces;
                return pieces;
            });
        }
        return content && Buffer.concat(content).toString();
    },
};
function isZip(archive) {
    return /\.(zip|whl)$/.test(archive);
}
function tooLong(archive, member) {
    return tooMuch(external_node_path_.basename(archive), `a ${external_node_path_.basename(member)} of more than ${LIMITS.text / 2 ** 20} MB`);
}
/** Reads a tar archive as it comes. @param visit tells where the content of a member goes, undefined for nowhere */
async function readTar(archive, visit) {
    const meter = archiveMeter(external_node_path_.basename(archive), (await (0,promises_.stat)(archive)).size);
    let pieces;
    const reader = new tar_reader/* TarReader */.R({
        member(member) {
            meter.member(member.size);
            pieces = visit(member);
        },
        data: (piece) => void pieces?.push(Buffer.from(piece)),
        end: () => { },
    });
    let read = 0;
    const take = async (chunks) => {
        for await (const chunk of chunks) {
            read += chunk.length;
            meter.refuseLarge(read);
            reader.push(chunk);
        }
        if (!reader.whole)
            throw new Error('it ends before its end');
    };
    try {
        if (archive.endsWith('.bz2'))
            await (0,process_child/* runInto */.E1)('bzip2', ['-dc', '--', archive], (0,process_child/* childEnvironment */.Qc)(process.env), take, LIMITS.milliseconds);
        else if (/gz$/.test(archive))
            await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(archive), (0,external_node_zlib_.createGunzip)(), take);
        else
            await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(archive), take);
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            throw error;
        throw unreadable(external_node_path_.basename(archive), error);
    }
}
/** Visits the members of a zip file until `visit` says that it has found what it wants. */
async function eachMember(archive, visit) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_1, await (0,promises_.open)(archive), true);
        const { size } = await file.stat();
        const meter = archiveMeter(external_node_path_.basename(archive), size);
        const zip = await new Promise((resolve, reject) => {
            const options = { lazyEntries: true, autoClose: false };
            yauzl.fromRandomAccessReader(new BlockReader(file), size, options, (error, opened) => (error ? reject(error) : resolve(opened)));
        });
        const open = (entry) => () => new Promise((resolve, reject) => {
            zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
        });
        return await new Promise((resolve, reject) => {
            zip.on('error', reject);
            zip.on('end', () => resolve(false));
            zip.on('entry', (entry) => {
                try {
                    meter.member(entry.uncompressedSize);
                }
                catch (error) {
                    return void reject(error);
                }
                visit(entry, open(entry)).then((found) => (found ? resolve(true) : zip.readEntry()), reject);
            });
            zip.readEntry();
        });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const BLOCK = 256 << 10;
/** Reads ahead: the directory of a zip file is asked for in two small pieces a member, each a trip to the disk otherwise. */
class BlockReader extends yauzl.RandomAccessReader {
    file;
    block = Buffer.alloc(0);
    start = 0;
    constructor(file) {
        super();
        this.file = file;
    }
    read(buffer, offset, length, position, callback) {
        this.have(position, length).then((from) => {
            this.block.copy(buffer, offset, from, from + length);
            callback(null);
        }, callback);
    }
    _readStreamForRange(start, end) {
        return (0,external_node_fs_.createReadStream)('', { fd: this.file, start, end: end - 1, autoClose: false });
    }
    close(callback) {
        callback(null); // whoever opened the file closes it
    }
    /** @returns where in the block the range begins */
    async have(position, length) {
        const from = position - this.start;
        if (from >= 0 && from + length <= this.block.length)
            return from;
        const wanted = Buffer.allocUnsafe(Math.max(BLOCK, length));
        const { bytesRead } = await this.file.read(wanted, 0, wanted.length, position);
        if (bytesRead < length)
            throw new Error('the zip file ends before its end');
        this.block = wanted.subarray(0, bytesRead);
        this.start = position;
        return 0;
    }
}

// EXTERNAL MODULE: ./lib/effects/files/files.js
var files = __webpack_require__(3761);
// EXTERNAL MODULE: ./lib/effects/files/full-disk.js
var full_disk = __webpack_require__(5363);
// EXTERNAL MODULE: ./lib/effects/files/inside.js + 1 modules
var inside = __webpack_require__(5889);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/effects/git/git.js + 1 modules
var git = __webpack_require__(7424);
;// CONCATENATED MODULE: ./lib/effects/files/withheld.js



/** Names of files and folders of a developer's machine that hold secrets. */
const SECRET = /(^|\/)(\.envrc|\.envs|\.pgpass|\.my\.cnf|\.s3cfg|\.boto|\.vault[-_]pass(word)?)(\/|$)|(^|\/)\.streamlit\/secrets\.toml$|(^|\/)instance\/([^/]*(config|settings|secrets?)[^/]*\.(py|toml|json|ya?ml|ini)|[^/]+\.cfg)$/i;
/** Databases that lie beside the code: what git tracks of them was put there on purpose. */
const DATABASE = /\.sqlite3?(-journal|-wal|-shm)?$/i;
/** What these hold decides: a key, or a database of SQLite. */
const BY_CONTENT = [
    [/\.json$/i, /"private_key"\s*:\s*"-----BEGIN/],
    [/\.(pem|key)$/i, /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
    [/\.db$/i, /^SQLite format 3\0/],
];
/** Keys are short; more of a file is not read, in bytes. */
const LOOKED_AT = 16_384;
/**
 * Those of a project's files that are left out of builds unless its .dockerignore lets them in by name (`!db.sqlite3`):
 * secrets, and databases that git does not track.
 * @param paths relative to the folder
 */
async function withheldFiles(folder, paths) {
    const allowed = paths.includes('.dockerignore') ? await allowedBy(external_node_path_.join(folder, '.dockerignore')) : [];
    const found = new Set();
    for (const relative of paths) {
        if (!SECRET.test(relative) && !DATABASE.test(relative) && !(await tellsOfItself(folder, relative)))
            continue;
        if (!allowed.some((name) => relative === name || relative.startsWith(`${name}/`)))
            found.add(relative);
    }
    const isDatabase = (relative) => !SECRET.test(relative) && (DATABASE.test(relative) || /\.db$/i.test(relative));
    if ([...found].some(isDatabase))
        for (const tracked of await (0,git/* gitClient */.i)().tracked(folder))
            if (isDatabase(tracked))
                found.delete(tracked);
    return found;
}
async function tellsOfItself(folder, relative) {
    const kind = BY_CONTENT.find(([name]) => name.test(relative));
    if (!kind || !(await (0,promises_.lstat)(external_node_path_.join(folder, relative))).isFile())
        return false;
    const file = await (0,promises_.open)(external_node_path_.join(folder, relative));
    try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
        return kind[1].test(buffer.toString('latin1', 0, bytesRead));
    }
    finally {
        await file.close();
    }
}
async function allowedBy(dockerignore) {
    if (!(await (0,promises_.lstat)(dockerignore)).isFile())
        return [];
    const lines = (await (0,promises_.readFile)(dockerignore, 'utf8')).split(/\r?\n/).map((line) => line.trim());
    return lines.filter((line) => line.startsWith('!')).map((line) => external_node_path_.posix.join('/', line.slice(1).trim()).slice(1).replace(/\/$/, ''));
}

;// CONCATENATED MODULE: ./lib/effects/files/source.js






/** Never part of a build, whatever .dockerignore says: version control, secrets, environments, leftovers. */
const NEVER = new Set([
    '.git',
    '.hg',
    '.svn',
    '.env',
    '.netrc',
    '.pypirc',
    '.git-credentials',
    '.ssh',
    '.gnupg',
    '.aws',
    '.azure',
    '.kube',
    '.venv',
    '.tox',
    '.nox',
    '__pycache__',
    '.pytest_cache',
    '.mypy_cache',
    '.ruff_cache',
    'node_modules',
    '.DS_Store',
]);
/** `gha-creds-*.json` is what google-github-actions/auth writes into the workspace, under another name each time. */
const NEVER_PATTERN = /\.egg-info$|\.py[co]$|^id_(rsa|dsa|ecdsa|ed25519)$|^\.env\.(?!example$|sample$|template$|dist$)|^gha-creds-.*\.json$/;
/** Logins that lie in a folder whose other files may be the project's. */
const NEVER_IN_FOLDER = /(^|\/)(\.config\/gcloud|\.docker\/config\.json)$/;
/** What setuptools leaves behind: modules of an older build would end in the wheel. */
const NEVER_AT_TOP = /^build\/(lib|lib\..*|bdist\..*|temp\..*)(\/|$)/;
const ENVIRONMENT = new Set(['pyvenv.cfg', 'bin', 'lib', 'lib64', 'include']);
const AT_ONCE = 32;
const source = {
    async snapshot(folder, wheelhouse, withheld = [], top = undefined) {
        const found = await sentPaths(folder, wheelhouse, top);
        withheld.push(...found.withheld);
        return printed(folder, found.paths, found.real);
    },
    async chosen(folder, paths) {
        const plain = [];
        for (const relative of paths) {
            const stat = await (0,promises_.lstat)(external_node_path_.join(folder, relative)).catch(() => undefined);
            if ((stat?.isFile() || stat?.isSymbolicLink()) && !isExcluded(relative))
                plain.push(relative);
        }
        const withheld = await withheldFiles(folder, plain);
        return printed(folder, plain.filter((file) => !withheld.has(file)));
    },
    async made(folder) {
        const paths = [];
        await walk({ root: folder, wheelhouse: '', found: paths, real: new Map() }, '');
        return printed(folder, paths.sort());
    },
    async stage(folder, snapshot, target) {
        const folders = new Set(snapshot.map((file) => external_node_path_.dirname(external_node_path_.join(target, file.path))));
        await (0,promises_.mkdir)(target, { recursive: true });
        for (const needed of folders)
            await (0,promises_.mkdir)(needed, { recursive: true });
        await inParallel(snapshot, async (file) => {
            const to = external_node_path_.join(target, file.path);
            if (file.text === undefined)
                await place(file.real ?? external_node_path_.join(file.folder ?? folder, file.path), to);
            // A new file, never through a link to the user's; `wx`: there is none yet.
            else
                await (0,promises_.writeFile)(to, file.text, { flag: 'wx', mode: file.print.startsWith('x') ? 0o755 : 0o644 });
        });
    },
};
function printed(folder, paths, all = new Map()) {
    return inParallel(paths, async (relative) => {
        const real = all.get(relative);
        return { path: relative, print: await print(real ?? external_node_path_.join(folder, relative)), ...(real !== undefined && { real }) };
    });
}
/** Paths of the files of a project folder, as a snapshot would hold them. @param withheld gets those that are left out as secrets */
async function sourcePaths(folder, withheld = [], top) {
    const found = await sentPaths(folder, '', top);
    withheld.push(...found.withheld);
    return found.paths;
}
async function sentPaths(folder, wheelhouse, top) {
    const paths = [];
    const real = new Map();
    await walk({ root: folder, wheelhouse, found: paths, real, top: top && (await (0,promises_.realpath)(top)) }, '');
    paths.sort();
    const withheld = new Set(await withheldFiles(folder, paths));
    // Whatever a link is called, a secret stays one.
    const led = [...real].map(([link, to]) => [link, external_node_path_.relative(top ?? folder, to)]);
    const secrets = await withheldFiles(top ?? folder, led.map(([, to]) => to));
    for (const [link, to] of led)
        if (secrets.has(to))
            withheld.add(link);
    return { paths: paths.filter((file) => !withheld.has(file)), real, withheld };
}
/** @param at the folder, where that is behind a link; `above` all that it lies in by links */
async function walk(walking, below, at, above = []) {
    const { root, wheelhouse, found, real } = walking;
    const entries = await (0,promises_.readdir)(at ?? external_node_path_.join(root, below), { withFileTypes: true });
    const environment = entries.some((entry) => entry.name === 'pyvenv.cfg');
    if (environment && below)
        return;
    // A wheelhouse of another project: `libs/billing` may be packaged by itself too.
    if (below && entries.some(({ name }) => name === '.build') && (await files/* files */.a.exists(external_node_path_.join(root, below, '.build/resolution.json'))))
        return;
    for (const entry of entries) {
        // `python -m venv .` mixes an environment with the project: only its own folders stay out.
        if (environment && ENVIRONMENT.has(entry.name))
            continue;
        const relative = below ? `${below}/${entry.name}` : entry.name;
        if (excluded(entry, relative) || external_node_path_.join(root, relative) === wheelhouse)
            continue;
        if (entry.isDirectory())
            await walk(walking, relative, at && external_node_path_.join(at, entry.name), above);
        else if (entry.isSymbolicLink())
            await follow(walking, relative, external_node_path_.join(at ?? external_node_path_.join(root, below), entry.name), above);
        else if (entry.isFile()) {
            found.push(relative);
            if (at !== undefined)
                real.set(relative, external_node_path_.join(at, entry.name));
        }
    }
}
/** A link within the folder stays one; of one that leads to elsewhere in the checkout the files are there. */
async function follow(walking, relative, link, above) {
    const { root, top, found, real } = walking;
    const to = top === undefined ? undefined : await (0,promises_.realpath)(link).catch(() => undefined);
    const home = await (0,promises_.realpath)(root);
    const led = to === undefined || top === undefined ? undefined : external_node_path_.relative(top, to);
    const plain = led === undefined || /^\.\.(\/|$)/.test(led) || external_node_path_.isAbsolute(led) || isExcluded(led);
    const circular = to !== undefined && [home, ...above].some((folder) => (0,inside/* isBelow */.Yw)(folder, to));
    if (to === undefined || plain || circular || ((0,inside/* isBelow */.Yw)(to, home) && above.length === 0))
        return void found.push(relative);
    const stat = await (0,promises_.lstat)(to);
    if (stat.isDirectory())
        return walk(walking, relative, to, [...above, to]);
    if (!stat.isFile())
        return;
    found.push(relative);
    real.set(relative, to);
}
/** Whether a path leads through what is never part of a build. */
function isExcluded(relative) {
    return NEVER_IN_FOLDER.test(relative) || relative.split('/').some((name) => NEVER.has(name) || NEVER_PATTERN.test(name));
}
function excluded(entry, relative) {
    return NEVER.has(entry.name) || NEVER_PATTERN.test(entry.name) || NEVER_AT_TOP.test(relative) || NEVER_IN_FOLDER.test(relative);
}
async function print(file) {
    const stat = await (0,promises_.lstat)(file);
    if (stat.isSymbolicLink())
        return `link ${await (0,promises_.readlink)(file)}`;
    const hash = stat.size < 1 << 20
        ? (0,external_node_crypto_.createHash)('sha256')
            .update(await (0,promises_.readFile)(file))
            .digest('hex')
        : await files/* files */.a.sha256(file);
    return `${stat.mode & 0o100 ? 'x' : '-'} ${hash}`;
}
async function place(from, to) {
    const stat = await (0,promises_.lstat)(from);
    if (stat.isSymbolicLink())
        await (0,promises_.symlink)(await (0,promises_.readlink)(from), to);
    else
        await (0,files/* linkOrCopy */.L)(from, to);
}
async function inParallel(items, work) {
    const results = new Array(items.length);
    let next = 0;
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, async () => {
        while (next < items.length) {
            const index = next++;
            results[index] = await work(items[index]);
        }
    }));
    return results;
}

;// CONCATENATED MODULE: ./lib/effects/files/workspace.js



/**
 * Makes the temporary folder of this run. Its name comes from the project's folder, so that BuildKit
 * knows the context from the run before and is sent only what changed; where another run of the same
 * project is at work, a folder of its own.
 */
async function temporaryFolders(root, project, stages) {
    const name = `pypackager-${(0,external_node_crypto_.createHash)('sha256').update(project).digest('hex').slice(0, 12)}`;
    await (0,promises_.mkdir)(root, { recursive: true });
    const fresh = await (0,promises_.mkdtemp)(external_node_path_.join(root, `${name}-`));
    await (0,promises_.writeFile)(external_node_path_.join(fresh, 'pid'), String(process.pid));
    const temp = await claim(fresh, external_node_path_.join(root, name));
    await clearUnclaimed(root, `${name}-`);
    const [context = '', leanContext = '', wheelsContext = ''] = ['context', 'lean-context', 'wheels-context'].map((own) => external_node_path_.join(temp, own));
    for (const own of [context, leanContext, wheelsContext]) {
        await (0,promises_.cp)(stages, external_node_path_.join(own, 'stages'), { recursive: true, preserveTimestamps: true });
        for (const folder of ['tools', 'local-metadata'])
            await (0,promises_.mkdir)(external_node_path_.join(own, folder), { recursive: true });
    }
    return { temp, context, leanContext, wheelsContext, dispose: () => (0,promises_.rm)(temp, { recursive: true, force: true }) };
}
/**
 * Gives a folder the name that stays, in one step and with our process id inside: two runs cannot both
 * have it. One whose process is gone was left by a killed run and is cleared.
 */
async function claim(fresh, name) {
    for (let attempt = 0; attempt < 2; attempt++) {
        try {
            await (0,promises_.rename)(fresh, name);
            return name;
        }
        catch (error) {
            const { code } = error;
            if (code !== 'ENOTEMPTY' && code !== 'EEXIST')
                throw error;
            if (await alive(external_node_path_.join(name, 'pid')))
                return fresh;
            const dead = `${fresh}-dead`;
            await (0,promises_.rename)(name, dead).catch(() => { }); // somebody else was faster
            await (0,promises_.rm)(dead, { recursive: true, force: true });
        }
    }
    return fresh;
}
/** Folders of runs that were killed before they claimed a name. One without a process id is being made by a run that lives. */
async function clearUnclaimed(root, prefix) {
    for (const name of (await (0,promises_.readdir)(root)).filter((one) => one.startsWith(prefix))) {
        const pidFile = external_node_path_.join(root, name, 'pid');
        const told = await (0,promises_.readFile)(pidFile, 'utf8').catch(() => '');
        if (told && !(await alive(pidFile)))
            await (0,promises_.rm)(external_node_path_.join(root, name), { recursive: true, force: true });
    }
}
/** A process of another user is alive too: it may not be signalled, but it is there. */
async function alive(pidFile) {
    const pid = Number(await (0,promises_.readFile)(pidFile, 'utf8').catch(() => '0'));
    if (!pid)
        return false;
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return error.code === 'EPERM';
    }
}

// EXTERNAL MODULE: ./lib/effects/runner-settings.js
var runner_settings = __webpack_require__(6802);
// EXTERNAL MODULE: ./lib/inputs/masks.js
var masks = __webpack_require__(772);
;// CONCATENATED MODULE: ./lib/plan/signature.js

/**
 * HMAC-SHA256 (RFC 2104) over what is said, its kind and the repository: a signed wheel or record of another one
 * that has the same key is not taken.
 * @param key '' for none
 * @param repository `owner/name`
 */
function hmacSigner(key, repository) {
    if (!key)
        return { sign: () => undefined, trusts: () => true };
    const made = (kind, said) => (0,external_node_crypto_.createHmac)('sha256', key)
        .update(JSON.stringify([`pypackager ${kind} 1`, repository.toLowerCase(), sorted(said)]))
        .digest();
    return {
        sign: (kind, said) => made(kind, said).toString('hex'),
        trusts(kind, said, signature) {
            const given = /^[0-9a-f]{64}$/.exec(String(signature))?.[0];
            return given !== undefined && (0,external_node_crypto_.timingSafeEqual)(Buffer.from(given, 'hex'), made(kind, said));
        },
    };
}
const MANIFEST = 'manifest';
/** The same manifest, signed where there is a key. */
function signedManifest(signer, manifest) {
    const signature = signer.sign(MANIFEST, signedPart(manifest));
    return signature === undefined ? manifest : { ...manifest, signature };
}
function trustsManifest(signer, manifest) {
    return signer.trusts(MANIFEST, signedPart(manifest), manifest.signature);
}
/** Everything but how long the build took: the same wheel has the same signature. */
function signedPart({ signature: _signature, seconds: _seconds, ...said }) {
    return said;
}
/** One text for one statement, whatever the order of its fields in the file. */
function sorted(value) {
    if (Array.isArray(value))
        return value.map(sorted);
    if (typeof value !== 'object' || value === null)
        return value;
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

// EXTERNAL MODULE: ./lib/project/text-size.js
var text_size = __webpack_require__(5906);
;// CONCATENATED MODULE: ./lib/project/cuts.js
// Cuts that a pattern would make in a time that grows with the square of the text's length.
/** A text without the given characters at its end. */
function withoutEnd(text, ends) {
    let end = text.length;
    while (end > 0 && ends.includes(text.charAt(end - 1)))
        end--;
    return text.slice(0, end);
}
/** A text without the given characters at both its ends. */
function withoutEnds(text, ends) {
    let start = 0;
    while (start < text.length && ends.includes(text.charAt(start)))
        start++;
    return withoutEnd(text.slice(start), ends);
}
/**
 * `./core[web,db]` as `./core` and `web,db`; extras are '' where no bracket ends the text.
 * @see pip's `_strip_extras`, by `^(.+)(\[[^\]]+\])$`
 */
function withoutExtras(text) {
    const open = text.endsWith(']') ? text.lastIndexOf('[', text.length - 3) : -1;
    const extras = text.slice(open + 1, -1);
    return open < 1 || extras === '' || extras.includes(']') ? { before: text, extras: '' } : { before: text.slice(0, open), extras };
}

;// CONCATENATED MODULE: ./lib/plan/reference.js


const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** Characters that a tag may have. */
const LONGEST_TAG = 128;
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
/** Docker takes a first part without a dot or a port for a namespace on Docker Hub, but for localhost. */
const REGISTRY = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-fA-F:]+\\])(?::\\d{1,5})?$`);
/**
 * Checks what the user typed against the grammar of image references, before anything is built.
 * @throws UserError with the legal form
 * @see https://github.com/distribution/reference (reference.go)
 */
function repository(registry, namespace, image) {
    if (registry && !REGISTRY.test(registry)) {
        throw new errors/* UserError */.yo('inputs', `registry "${registry}" is not a host name`, 'Write a host such as ghcr.io, without https:// and without a path.', { input: 'registry' });
    }
    if (/^[a-z0-9-]+$/.test(registry) && registry !== 'localhost') {
        throw new errors/* UserError */.yo('inputs', `registry "${registry}" has neither a dot nor a port: docker takes it for a namespace on Docker Hub`, `Write its whole host name, or a port, such as ${registry}:5000.`, { input: 'registry' });
    }
    const path = [...namespace.split('/').filter(Boolean), ...image.split('/')];
    const wrong = path.find((component) => !COMPONENT.test(component));
    if (wrong !== undefined) {
        const input = image.split('/').includes(wrong) ? 'image-name' : 'namespace';
        throw new errors/* UserError */.yo('inputs', `${input} "${input === 'namespace' ? namespace : image}" is not legal in an image name`, `Write it as "${legalComponent(wrong)}": lower-case letters and digits, with single . _ or - between.`, { input });
    }
    return { registry, path: path.join('/') };
}
/**
 * Where an image goes: one registry by its host, or several, each of which may have a namespace of its own (`docker.io/acme`).
 * @throws UserError as `repository`, and for one that is named twice
 */
function repositories(registries, namespace, image) {
    const [first, ...others] = registries;
    if (others.length === 0)
        return [repository(first, namespace, image)];
    const place = (line) => {
        const [host = '', ...own] = line.split('/');
        return repository(host, own.join('/') || namespace, image);
    };
    const places = [place(first), ...others.map(place)];
    const names = places.map((one) => repositoryName(one));
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice)
        throw new errors/* UserError */.yo('inputs', `registry names ${twice} twice`, 'Name each registry once.', { input: 'registry' });
    return places;
}
/** The nearest legal form of a name that nobody typed (a repository's owner, a project's name). */
function legalComponent(text) {
    const legal = text
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/[._-]+/g, (run) => run.slice(-1));
    return withoutEnds(legal, '._-') || 'app';
}
/**
 * A tag that the user typed: it is taken as it is, or refused.
 * @throws UserError that says what to write
 */
function checkTag(input, tag) {
    if (TAG.test(tag))
        return tag;
    const shown = tag.length > 140 ? `${tag.slice(0, 60)}… (${tag.length} characters)` : tag;
    throw new errors/* UserError */.yo('inputs', `${input} "${shown}" is not legal as an image tag`, adviceFor(tag), { input });
}
function adviceFor(tag) {
    // A whole reference, `ghcr.io/acme/shop:1.2.3`.
    const [, after] = /^[^\s]*[^\s:]:([A-Za-z0-9_][\w.-]{0,127})$/.exec(tag.replace(/@sha256:.*$/, '')) ?? [];
    if (after)
        return `Write "${after}": the rest comes from registry, namespace and image-name.`;
    const near = legalTag(tag);
    if (near === '' || tag.length > LONGEST_TAG)
        return `Write up to ${LONGEST_TAG} ASCII letters, digits, . _ and -, not beginning with . or -.`;
    return `Write it as "${near}".`;
}
/** The nearest legal tag, '' where nothing of the text is left: for proposals, and for texts that are no names of refs. */
function legalTag(text) {
    return text
        .replace(/[^A-Za-z0-9_.-]/g, '-')
        .replace(/^[.-]+/, '')
        .slice(0, LONGEST_TAG);
}
/** `[registry/]path[suffix]:tag` */
function reference(repository, tag, suffix = '') {
    return `${repositoryName(repository, suffix)}:${tag}`;
}
function repositoryName(repository, suffix = '') {
    return `${repository.registry ? `${repository.registry}/` : ''}${repository.path}${suffix}`;
}
/** Where a registry has an image, as docker reads its name; undefined for one that has no tag to be asked for. */
function parentPlace(name) {
    const [, full = '', tag = ''] = /^(.+?)(?::([\w][\w.-]*))?(?:@sha256:[0-9a-f]+)?$/.exec(name) ?? [];
    if (!full || (!tag && name.includes('@')))
        return undefined;
    const [first = '', ...rest] = full.split('/');
    const hosted = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
    const path = hosted ? rest.join('/') : rest.length > 0 ? full : `library/${full}`;
    return { registry: hosted ? first : '', path, tag: tag || 'latest' };
}

;// CONCATENATED MODULE: ./lib/plan/dockerfile/instructions.js
/** @see https://docs.docker.com/reference/dockerfile/#here-documents */
const WITH_HEREDOCS = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)$/;
/** The word that begins one: a file descriptor, `<<`, `-` where leading tabs go, the end's name in quotes or not. */
const HEREDOC = /^\d*<<(-?)([^<]+)$/;
const COMMENT = /^\s*#/;
/** At the top alone, among comments that are `name=value`. */
const DIRECTIVE = /^\s*#\s*([a-zA-Z][\w-]*)\s*=\s*(\S{1,200})\s*$/;
/**
 * The instructions of a Dockerfile.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go
 */
function readInstructions(dockerfile) {
    const lines = dockerfile.replace(/^\uFEFF/, '').split(/\r?\n/);
    const goesOn = escapeOf(lines) === '`' ? /`[ \t]{0,200}$/ : /\\[ \t]{0,200}$/;
    const instructions = [];
    for (let at = 0; at < lines.length;) {
        const parts = [];
        for (let more = true; more && at < lines.length; at++) {
            const line = lines[at] ?? '';
            if (COMMENT.test(line) || (parts.length > 0 && line.trim() === ''))
                continue; // a comment or a gap between lines that go on
            more = goesOn.test(line);
            parts.push(more ? line.replace(goesOn, '') : line);
        }
        const whole = parts.join(' ').trim();
        if (whole === '')
            continue;
        const [, keyword = '', after = ''] = /^(\S+)\s*(.*)$/s.exec(whole) ?? [];
        const { flags, rest } = splitFlags(after);
        const inner = keyword.toUpperCase() === 'ONBUILD' ? `ONBUILD ${/^\S*/.exec(rest)?.[0] ?? ''}` : keyword;
        const heredocs = [];
        for (const { name, tabs } of WITH_HEREDOCS.test(inner.toUpperCase()) ? heredocsOf(rest) : []) {
            const body = [];
            for (; at < lines.length; at++) {
                const line = tabs ? (lines[at] ?? '').replace(/^\t+/, '') : (lines[at] ?? '');
                if (line === name)
                    break;
                body.push(line);
            }
            at++; // its end
            heredocs.push(body.join('\n'));
        }
        instructions.push({ keyword: keyword.toUpperCase(), flags, rest, heredocs });
    }
    return instructions;
}
function escapeOf(lines) {
    for (const line of lines) {
        const [, name = '', value = ''] = DIRECTIVE.exec(line) ?? [];
        if (!name)
            return '\\';
        if (name.toLowerCase() === 'escape')
            return value;
    }
    return '\\';
}
function splitFlags(text) {
    const flags = [];
    let rest = text.trimStart();
    while (rest.startsWith('--')) {
        const flag = /^\S+/.exec(rest)?.[0] ?? rest;
        flags.push(flag);
        rest = rest.slice(flag.length).trimStart();
    }
    return { flags, rest };
}
/** Of a list in JSON there are none. */
function heredocsOf(rest) {
    if (!rest.includes('<<') || isJsonList(rest))
        return [];
    return wordsOf(rest).flatMap((word) => {
        const [, dash, end = ''] = HEREDOC.exec(word) ?? [];
        const name = end.replace(/^(["'])(.*)\1$/s, '$2');
        return name === '' || /["']/.test(name) ? [] : [{ name, tabs: dash === '-' }];
    });
}
function isJsonList(text) {
    if (!text.startsWith('['))
        return false;
    try {
        return Array.isArray(JSON.parse(text));
    }
    catch {
        return false;
    }
}
/** Words as a shell splits them, with their quotes; none where a quote is left open. */
function wordsOf(text) {
    const words = [];
    let word = '';
    let quote = '';
    for (let i = 0; i < text.length; i++) {
        const letter = text[i] ?? '';
        if (letter === '\\' && quote !== "'")
            word += letter + (text[++i] ?? '');
        else if (quote === '' && /\s/.test(letter)) {
            if (word !== '')
                words.push(word);
            word = '';
        }
        else {
            if (letter === quote)
                quote = '';
            else if (quote === '' && (letter === '"' || letter === "'"))
                quote = letter;
            word += letter;
        }
    }
    if (quote !== '')
        return [];
    return word === '' ? words : [...words, word];
}

;// CONCATENATED MODULE: ./lib/plan/dockerfile/custom-dockerfile.js



/** Those that the Dockerfile names at all: Docker warns of any other. */
function argumentsFor(dockerfile, offered) {
    return Object.fromEntries(Object.entries(offered).filter(([name]) => mentions(dockerfile, name)));
}
/** What may stand for an image on a command line: no option, nothing that Docker itself would refuse. */
const REFERENCE = /^[A-Za-z0-9]([\w.:/@-]*\w)?$/;
/** Whether a Dockerfile names an argument outside its comments. */
function mentions(dockerfile, name) {
    const named = new RegExp(`\\b${name}\\b`);
    return readInstructions(dockerfile).some(({ flags, rest, heredocs }) => [...flags, rest, ...heredocs].some((text) => named.test(text)));
}
/**
 * Images that a Dockerfile starts from or takes files from, as the given arguments and its own defaults make
 * them; neither its own stages nor `scratch`, nor what only a later instruction could tell.
 * @see https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact
 */
function imagesOf(dockerfile, given) {
    const values = new Map();
    const stages = new Set();
    const images = new Set();
    let begun = false;
    const add = (reference) => {
        const named = REFERENCE.test(reference) && reference !== 'scratch' && !/^\d+$/.test(reference);
        if (named && !stages.has(reference.toLowerCase()))
            images.add(reference);
    };
    for (const { keyword, flags, rest } of readInstructions(dockerfile)) {
        const flag = (name) => flags.filter((word) => word.startsWith(`--${name}=`)).map((word) => word.slice(name.length + 3));
        if (keyword === 'ARG' && !begun) {
            for (const [, name = '', value = ''] of rest.matchAll(/([A-Za-z_]\w*)(?:=("[^"]*"|'[^']*'|\S*))?/g)) {
                values.set(name, given[name] ?? substitute(value.replace(/^(["'])(.*)\1$/, '$2'), values));
            }
        }
        if (keyword === 'FROM') {
            begun = true;
            const [, reference = '', stage] = /^(\S+)(?:\s+as\s+(\S+))?/i.exec(rest) ?? [];
            add(substitute(reference, values));
            if (stage)
                stages.add(stage.toLowerCase());
        }
        if (keyword === 'COPY')
            for (const from of flag('from'))
                add(from);
        if (keyword === 'RUN') {
            for (const option of flag('mount').flatMap((mount) => mount.split(',')))
                if (option.startsWith('from='))
                    add(option.slice('from='.length));
        }
    }
    return [...images];
}
/** What an image is called after: the last folder of its Dockerfile, else (`Dockerfile.base`, or none) its kind. */
function imageSuffix(file, kind) {
    const folder = external_node_path_.posix.basename(external_node_path_.posix.dirname(file));
    return `-${external_node_path_.posix.basename(file) !== 'Dockerfile' || folder === '.' ? kind : legalComponent(folder)}`;
}
function substitute(text, values) {
    // What is open at the end is no reference; without a look at it a pattern would search for its end again and again.
    const end = text.lastIndexOf('}') + 1;
    const plain = text.slice(end).replace(/\$(\w+)/g, (_, name) => values.get(name) ?? '');
    const braces = text
        .slice(0, end)
        .replace(/\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g, (_, bare, braced, how, word) => {
        const value = values.get(bare ?? braced) ?? '';
        if (how === '-')
            return value || word;
        return how === '+' ? value && word : value;
    });
    return braces + plain;
}

;// CONCATENATED MODULE: ./lib/plan/given-images.js


/** An own Dockerfile gives its image the name of its folder. */
function planFamily(release, given) {
    const beside = (suffix) => ({ ...release, path: `${release.path}${suffix}` });
    return { base: beside(imageSuffix(given.baseDockerfile, 'base')), builder: beside(imageSuffix(given.builderDockerfile, 'builder')) };
}
/** Dockerfiles of the user, relative to `path`, by their inputs. */
function ownDockerfiles({ baseDockerfile, builderDockerfile, dockerfile, }) {
    const all = { 'base-dockerfile': baseDockerfile, 'builder-dockerfile': builderDockerfile, dockerfile };
    return Object.entries(all).filter(([, file]) => file !== '');
}
/** What decides over Python where python-version says nothing; undefined where the project's files do. */
function givenBase(given) {
    if (given.baseImage)
        return 'base-image';
    if (given.baseDockerfile)
        return 'base-dockerfile';
    return given.parentImage ? 'parent-image' : undefined;
}
/** The own Dockerfile or ready image that is the builder; '' where it is generated. */
function givenBuilder({ builderDockerfile, builderImage }) {
    return builderDockerfile || builderImage;
}
/** Whether the release, or the base that it is made on, is of somebody else's making: it may hold anything. */
function isForeign({ dockerfile, baseDockerfile, baseImage }) {
    return Boolean(dockerfile || baseDockerfile || baseImage);
}
/** What stands in the place of a stage of the generated Dockerfile, a line each. */
function placesTaken(inputs) {
    const given = { base: inputs.baseImage || inputs.baseDockerfile, builder: givenBuilder(inputs), release: inputs.dockerfile };
    const lines = Object.entries(given).flatMap(([stage, by]) => (by ? [`# ${stage}: ${by}, in the place of what is generated`] : []));
    return [...lines, ...inputs.buildCommand.map((line) => `# build-command, in the builder before the application's wheel: ${line}`)];
}
/**
 * Refuses inputs of which only one can be followed.
 * @returns what else is without effect, as sentences
 * @throws UserError naming both
 */
function checkGiven(inputs) {
    const both = [
        ['base-image', inputs.baseImage, 'base-dockerfile', inputs.baseDockerfile],
        ['base-image', inputs.baseImage, 'parent-image', inputs.parentImage],
        ['builder-image', inputs.builderImage, 'builder-dockerfile', inputs.builderDockerfile],
        ['base-image', inputs.baseImage, 'updates', inputs.updates === 'none' ? '' : inputs.updates],
        ['base-dockerfile', inputs.baseDockerfile, 'updates', inputs.updates === 'none' ? '' : inputs.updates],
    ];
    const faults = both
        .filter(([, value, , second]) => value && second)
        .map(([one, , other]) => new errors/* UserError */.yo('inputs', `${one} and ${other} are both set`, `Leave one out: ${one} takes its place.`, { input: other }));
    for (const kind of ['base', 'builder']) {
        if (inputs.target === kind && inputs[`${kind}Image`]) {
            const input = `${kind}-image`;
            faults.push(new errors/* UserError */.yo('inputs', `target is ${kind}, and ${input} is ready`, `Leave ${input} out to build it.`, { input }));
        }
    }
    const wrong = (0,errors/* together */.bs)(faults);
    if (wrong)
        throw wrong;
    const notices = [];
    const builder = givenBuilder(inputs);
    if (builder && inputs.buildPackages.length > 0)
        notices.push(`build-packages is without effect: the builder is ${builder}.`);
    if (Object.keys(inputs.buildArgs).length > 0 && ownDockerfiles(inputs).length === 0) {
        notices.push('build-args is without effect: no Dockerfile is named (dockerfile, base-dockerfile, builder-dockerfile).');
    }
    if (inputs.packages.length > 0 && inputs.dockerfile) {
        notices.push(`The wheels of packages (${inputs.packages.join(', ')}) are in wheelhouse/: ${inputs.dockerfile} has to install them.`);
    }
    const generated = [
        ['command', inputs.command !== ''],
        ['user', inputs.user !== '10001'],
        ['writable', inputs.writable.length > 0],
        ['bytecode', inputs.bytecode !== 'used'],
        ['healthcheck', inputs.healthcheck !== ''],
        ['collectstatic', inputs.collectstatic !== 'auto'],
        ['image-env', Object.keys(inputs.imageEnv).length > 0],
        ['runtime-packages', inputs.runtimePackages.length > 0],
    ];
    const idle = generated.filter(([, set]) => inputs.dockerfile && set).map(([name]) => name);
    if (idle.length > 0)
        notices.push(`Without effect, as ${inputs.dockerfile} makes the release: ${idle.join(', ')}.`);
    return notices;
}

// EXTERNAL MODULE: ./lib/inputs/readers.js
var readers = __webpack_require__(625);
;// CONCATENATED MODULE: ./lib/plan/registry-login.js


/**
 * The login that the inputs give for a registry; for ghcr.io the actor and the token of the run. Of several registries
 * each has its lines of `username` and `password`; `-` is for a login that docker has.
 * @param index of the registry among the lines of `registry`
 * @throws UserError where one of the two is missing
 */
function loginOf(inputs, actor, index = 0) {
    const several = inputs.mirrors.length > 0;
    const username = several ? lineAt(inputs.username, index) : inputs.username;
    const password = several ? lineAt(inputs.password, index) : inputs.password;
    if (username && password)
        return { username, password };
    if (username || password) {
        throw new errors/* UserError */.yo('inputs', `${username ? 'username' : 'password'} is set alone${several ? `, for the registry of line ${index + 1}` : ''}`, 'Set both, or neither to use an existing login.', { input: username ? 'username' : 'password' });
    }
    const registry = [inputs.registry, ...inputs.mirrors][index]?.split('/')[0];
    return registry === 'ghcr.io' && inputs.githubToken && actor ? { username: actor, password: inputs.githubToken } : undefined;
}
function lineAt(text, index) {
    const line = (0,readers/* lines */.Mn)(text)[index] ?? '';
    return line === '-' ? '' : line;
}
/** @throws UserError where a registry that is pushed to has a user without a password, or the other way round */
async function checkLogins(inputs, actor) {
    if (inputs.push)
        for (const index of [inputs.registry, ...inputs.mirrors].keys())
            loginOf(inputs, actor, index);
}

// EXTERNAL MODULE: ./lib/project/names.js
var project_names = __webpack_require__(3669);
// EXTERNAL MODULE: ./node_modules/@renovatebot/pep440/index.js + 4 modules
var pep440 = __webpack_require__(9687);
;// CONCATENATED MODULE: ./lib/project/requirements/marker.js



/** The strings of PEP 508, with the dotted names that it keeps for old metadata. */
const VARIABLES = new Map([
    'python_version',
    'python_full_version',
    'os_name',
    'sys_platform',
    'platform_machine',
    'platform_system',
    'platform_release',
    'platform_version',
    'platform_python_implementation',
    'implementation_name',
    'implementation_version',
    'extra',
    'extras',
    'dependency_groups',
].map((name) => [name, name]))
    .set('os.name', 'os_name')
    .set('sys.platform', 'sys_platform')
    .set('platform.version', 'platform_version')
    .set('platform.machine', 'platform_machine')
    .set('platform.python_implementation', 'platform_python_implementation')
    .set('python_implementation', 'platform_python_implementation');
/**
 * Whether a marker is true. `extra == 'x'` is true where x is among the chosen extras, `extra != 'x'` where
 * it is not: the wanted extras are a set, as uv and Poetry read them in their locks.
 * @param marker e.g. `python_version < '3.12' and sys_platform == 'linux'`; an empty one holds
 * @throws UserError where the text is no marker or compares what has no order
 * @see PEP 508; PEP 751 for `'x' in extras` and `'x' in dependency_groups`
 */
function holds(marker, environment, chosen) {
    return marker.trim() === '' || judge(parse(marker), { marker, environment, chosen });
}
/** @throws UserError where the text is no marker */
function checkMarker(marker) {
    if (marker.trim() !== '')
        parse(marker);
}
function judge(marker, given) {
    if ('all' in marker)
        return marker.all.every((part) => judge(part, given));
    if ('any' in marker)
        return marker.any.some((part) => judge(part, given));
    const { left, operator, right } = marker;
    const set = setOf(left, given) ?? setOf(right, given);
    if (!set)
        return compare(textOf(left, given), operator, textOf(right, given), given.marker);
    const other = setOf(left, given) ? right : left;
    if (!('text' in other))
        throw malformed(given.marker, 'it compares two variables');
    return isIn(set, operator, other.text, setOf(left, given) !== undefined, given.marker);
}
/** What is wanted, for the three variables that are sets. */
function setOf(side, { chosen }) {
    if ('text' in side)
        return undefined;
    if (side.variable === 'extra' || side.variable === 'extras')
        return chosen.extras.map(project_names/* normalizeName */.P);
    return side.variable === 'dependency_groups' ? chosen.groups.map(project_names/* normalizeName */.P) : undefined;
}
function textOf(side, { environment }) {
    return 'text' in side ? side.text : (environment[side.variable] ?? '');
}
/** `extra == 'x'` (PEP 508), `'x' in extras` (PEP 751); `extra in 'x y'` is met in old metadata. */
function isIn(set, operator, text, setLeft, marker) {
    const named = setLeft && operator.endsWith('in') ? text.split(/[\s,|]+/).map(project_names/* normalizeName */.P) : [(0,project_names/* normalizeName */.P)(text)];
    const found = named.some((name) => set.includes(name));
    if (operator === '==' || operator === '===' || operator === 'in')
        return found;
    if (operator === '!=' || operator === 'not in')
        return !found;
    throw malformed(marker, `extras have no order, so "${operator}" says nothing`);
}
/** By PEP 440 where both sides are versions, else as texts. */
function compare(left, operator, right, marker) {
    if (operator === 'in')
        return right.includes(left);
    if (operator === 'not in')
        return !right.includes(left);
    if (operator === '===')
        return left.toLowerCase() === right.toLowerCase();
    const range = `${operator}${right.trim()}`;
    if ((0,pep440/* valid */.rZ)(left) && (0,pep440/* validRange */.Im)(range))
        return (0,pep440/* satisfies */.ib)(left, range, { prereleases: true });
    switch (operator) {
        case '==':
            return left === right;
        case '!=':
            return left !== right;
        case '<':
            return left < right;
        case '<=':
            return left <= right;
        case '>':
            return left > right;
        case '>=':
            return left >= right;
        default:
            throw malformed(marker, `"${operator}" compares versions, and "${left}" or "${right}" is none`);
    }
}
const TOKEN = /\s*(?:(\(|\))|(===|~=|==|!=|<=|>=|<|>)|(not\s+in\b|in\b|and\b|or\b)|'([^']*)'|"([^"]*)"|([A-Za-z_][\w.]*))/y;
function tokens(marker) {
    const found = [];
    TOKEN.lastIndex = 0;
    const end = marker.trimEnd().length;
    while (TOKEN.lastIndex < end) {
        const at = TOKEN.lastIndex;
        const match = TOKEN.exec(marker);
        if (!match)
            throw malformed(marker, `it stops making sense at "${marker.slice(at).trim()}"`);
        const [, bracket, operator, word, single, double, variable] = match;
        if (bracket !== undefined)
            found.push({ kind: 'bracket', text: bracket });
        else if (operator !== undefined)
            found.push({ kind: 'operator', text: operator });
        else if (word !== undefined)
            found.push({ kind: 'word', text: word.replace(/\s+/, ' ') });
        else if (variable !== undefined)
            found.push({ kind: 'variable', text: variable });
        else
            found.push({ kind: 'text', text: single ?? double ?? '' });
    }
    return found;
}
const DEEPEST = 100;
/** `and` binds closer than `or`. */
function parse(marker) {
    const list = tokens(marker);
    let at = 0;
    let depth = 0;
    const next = (text) => list[at]?.text === text && list[at]?.kind !== 'text';
    const either = () => {
        const any = [both()];
        for (; next('or'); any.push(both()))
            at++;
        return any.length === 1 && any[0] ? any[0] : { any };
    };
    const both = () => {
        const all = [one()];
        for (; next('and'); all.push(one()))
            at++;
        return all.length === 1 && all[0] ? all[0] : { all };
    };
    const one = () => {
        if (next('(')) {
            if (++depth > DEEPEST)
                throw malformed(marker, 'its brackets are nested too deep');
            at++;
            const inner = either();
            depth--;
            if (!next(')'))
                throw malformed(marker, 'a bracket is not closed');
            at++;
            return inner;
        }
        const left = side();
        const operator = list[at++];
        const isOperator = operator?.kind === 'operator' || (operator?.kind === 'word' && operator.text.endsWith('in'));
        if (!operator || !isOperator)
            throw malformed(marker, `a comparison is expected before "${operator?.text ?? 'its end'}"`);
        return { left, operator: operator.text, right: side() };
    };
    const side = () => {
        const token = list[at++];
        if (token?.kind === 'text')
            return { text: token.text };
        const variable = token?.kind === 'variable' ? VARIABLES.get(token.text) : undefined;
        if (!variable)
            throw malformed(marker, `"${token?.text ?? 'its end'}" is no variable of PEP 508`);
        return { variable };
    };
    const whole = either();
    if (at < list.length)
        throw malformed(marker, `"${list[at]?.text}" is one too many`);
    return whole;
}
function malformed(marker, why) {
    return new errors/* UserError */.yo('project', `the marker "${marker.trim()}" cannot be read: ${why}`, 'Fix the requirement, or make the lock again.');
}

;// CONCATENATED MODULE: ./lib/project/locks/lock-file.js



/**
 * Whether something in a lock counts in this environment.
 * @throws UserError that names the lock and the package where the marker is malformed
 */
function applies(reading, name, marker, chosen) {
    if (!marker)
        return true;
    try {
        return holds(marker, reading.environment, chosen ?? reading.selection);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        throw new errors/* UserError */.yo('lock', `${name} in ${reading.file}: ${error.message}`, 'Make the lock again.');
    }
}
/**
 * The sha256 sums of a package's files. Files with other kinds of sums are left out where others of the package have one.
 * @throws UserError naming the package where there are sums and none is a sha256
 */
function readHashes(lock, name, stated) {
    const files = new Map();
    for (const { hash, file } of stated) {
        const sha256 = /^sha256[:=]([0-9a-f]{64})$/i.exec(hash.trim())?.[1];
        if (sha256)
            files.set(sha256.toLowerCase(), fileName(file));
        else if (/^sha256\b/i.test(hash))
            throw new errors/* UserError */.yo('lock', `${name} in ${lock} has a broken sha256 "${hash}"`, 'Make the lock again.');
    }
    const others = stated.map(({ hash }) => hash.split(/[:=]/)[0] ?? '').filter(Boolean);
    if (files.size > 0 || others.length === 0)
        return files;
    throw new errors/* UserError */.yo('lock', `${name} in ${lock} has no sha256, only ${[...new Set(others)].join(', ')}`, 'Make the lock again with sha256 sums; other sums are not trusted.');
}
/** The last part of a path or address, without its escapes, query and fragment. */
function fileName(place) {
    return decoded(place.split(/[?#]/)[0]?.split(/[/\\]/).at(-1) ?? '');
}
/** Without its escapes (RFC 3986); a text that is not well escaped stays as it is. */
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
/** A path as locks write it (`./core/`, `core\\`, `file:core`), relative to the lock's folder; '.' for the folder itself. */
function readPath(text) {
    const parts = [];
    for (const part of text.replace(/^file:(\/\/)?/, '').split(/[/\\]/)) {
        if (part === '..' && parts.length > 0 && parts.at(-1) !== '..')
            parts.pop();
        else if (part !== '.' && part !== '')
            parts.push(part);
    }
    return (/^(file:\/\/)?\//.test(text) ? '/' : '') + parts.join('/') || '.';
}
/**
 * A git address as requirement lines write it: `git+https://host/x.git@revision#subdirectory=y`.
 * @see PEP 440 "Direct references"; pip's "VCS Support"
 */
function readGit(address) {
    const [plain = '', fragment = ''] = address.replace(/^git\+/, '').split('#');
    const subdirectory = /(?:^|&)subdirectory=([^&]+)/.exec(fragment)?.[1];
    const at = plain.lastIndexOf('@');
    const isRevision = at >= 0 && /[/:]/.test(plain.slice(0, at)) && /^[^/]/.test(plain.slice(at + 1));
    const [url, revision] = isRevision ? [plain.slice(0, at), plain.slice(at + 1)] : [plain, ''];
    // In ssh://git@host/x the only @ belongs to the host.
    const real = /^[a-z+]+:\/\/[^/]*$/.test(url) ? { url: plain, revision: '' } : { url, revision };
    return { kind: 'git', ...real, ...(subdirectory ? { subdirectory } : {}) };
}
/** A source by its address, as PEP 508's `name @ address` has it. */
function readAddress(address) {
    if (/^git\+/.test(address))
        return readGit(address);
    if (/^(?:https?|ftp):/.test(address))
        return { kind: 'archive', url: address };
    const plain = address.split('#')[0] ?? '';
    return isArchive(plain) ? { kind: 'archive', url: readPath(plain) } : { kind: 'directory', path: readPath(plain) };
}
function isArchive(path) {
    return /\.(whl|zip|tgz|tar(\.\w+)?)$/i.test(path);
}
/**
 * Pins of one environment in order.
 * @param own the project's normalised name: it is never a pin of its own
 * @throws UserError where two versions of a package are wanted at once
 */
function inOrder(file, own, pins) {
    const byName = new Map();
    const nameless = pins.filter(({ name }) => name === '');
    for (const pin of pins.filter(({ name }) => name !== '' && name !== own)) {
        const other = byName.get(pin.name);
        if (other && (other.version !== pin.version || JSON.stringify(other.source) !== JSON.stringify(pin.source))) {
            throw new errors/* UserError */.yo('lock', `${file} wants two versions of ${pin.name} at once: ${other.version || 'one from a source'} and ${pin.version || 'one from a source'}`, 'Choose extras and groups that do not exclude each other, or make the lock again.');
        }
        byName.set(pin.name, other ? { ...pin, files: new Map([...other.files, ...pin.files]) } : pin);
    }
    return [...nameless, ...[...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))];
}
/** The tables of an array of tables; none where there is none. */
function tablesAt(table, key) {
    const value = table[key];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}
/** @throws UserError where the version is not of the kinds that are understood */
function refuseVersion(file, version, known) {
    throw new errors/* UserError */.yo('lock', `${file} is of version "${version}"; known are ${known}`, 'Make the lock again with a tool that writes such a version.');
}
/** Names of any spelling, as a sorted set. */
function names(given) {
    return [...new Set(given.map(project_names/* normalizeName */.P))].sort();
}

// EXTERNAL MODULE: ./lib/project/requirements/requirement.js
var requirements_requirement = __webpack_require__(401);
;// CONCATENATED MODULE: ./lib/project/tools/local-source.js



/** Where the source of the project lies in the stage that builds its wheel: backends write it into METADATA. */
const SOURCE_AT = '/srv/source';
/** Where the repository of a project lies in that stage, where building reads above the project. */
const REPOSITORY_AT = '/srv/repository';
/** Where the stage `lock` sees wheels and sdists of the workspace. */
const FILES_AT = '/srv/files';
/**
 * The folder or repository that a requirement line names (`billing @ file:///srv/source/../billing`, `x @ git+https://…`).
 * @returns its name and source, a folder relative to the project's (or to that of the repository, `ofTop`); undefined for a requirement of an index or an archive
 */
function directSource(line) {
    if (!/@\s*(file:|git\+|\.{0,2}\/)/.test(line))
        return undefined;
    const { name, url = '' } = (0,requirements_requirement/* readRequirement */.M)(line);
    const source = readAddress(url);
    if (source.kind === 'archive')
        return undefined;
    if (source.kind === 'git')
        return { name, source };
    const { place, ofTop } = placeOf(decoded(source.path));
    return { name, source: { kind: 'directory', path: place }, ...(ofTop && { ofTop }) };
}
/** A path as build stages see it, relative to the project's folder, or to that of the repository. */
function placeOf(seen) {
    const at = external_node_path_.posix.resolve(SOURCE_AT, seen);
    if (at.startsWith(`${REPOSITORY_AT}/`))
        return { place: external_node_path_.posix.relative(REPOSITORY_AT, at), ofTop: true };
    return { place: external_node_path_.posix.relative(SOURCE_AT, at) || '.' };
}
/**
 * Requirement lines in which packages that have a source are named by it.
 * @param places name to address: of a folder where the resolving stage sees it
 */
function withSources(lines, places) {
    if (places.size === 0)
        return lines;
    const named = new Set();
    const rewritten = lines.map((line) => {
        if (!/^\s*[A-Za-z0-9]/.test(line))
            return line;
        const { name, extras, marker } = (0,requirements_requirement/* readRequirement */.M)(line);
        const place = places.get(name);
        if (place === undefined)
            return line;
        named.add(name);
        return `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''} @ ${place}${marker ? ` ; ${marker}` : ''}`;
    });
    const others = [...places].filter(([name]) => !named.has(name)).map(([name, place]) => `${name} @ ${place}`);
    return [...rewritten, ...others];
}

// EXTERNAL MODULE: ./lib/grammar.js
var grammar = __webpack_require__(6650);
// EXTERNAL MODULE: ./lib/text/words.js
var words = __webpack_require__(8810);
;// CONCATENATED MODULE: ./lib/plan/dockerfile/dockerfile-words.js



/** The text as it is written, with words that were quoted. */
function dockerfile(texts, ...words) {
    return String.raw({ raw: texts }, ...words);
}
const NOTHING = dockerfile ``;
function joined(words, separator = '') {
    return words.join(separator);
}
/**
 * A word without quotes: the name of a stage, a package, an image, a path, a time, a hash.
 * @throws UserError for whatever would be more than one word, or something else than itself
 */
function bare(text) {
    if (/^[A-Za-z0-9][\w.:/@+!-]{0,4095}$/.test(text))
        return text;
    throw refused(text, 'it is no plain word');
}
/** A Debian package. @throws UserError for what is none: to apt it might be an option, or a file */
function debian(name) {
    if ((0,grammar/* fits */.lA)(grammar/* debianName */.nI, name))
        return name;
    throw refused(name, 'it is no name of a Debian package');
}
/** @throws UserError for what is no whole number from 0 on */
function whole(number) {
    if (Number.isSafeInteger(number) && number >= 0)
        return String(number);
    throw refused(String(number), 'it is no whole number');
}
/** A word for the shell of a RUN instruction. @throws UserError for one that is not on one line */
function shellWord(text) {
    return shellQuote(onOneLine(text));
}
/** A quoted word of an instruction: `$` is not a variable there. @throws UserError for one that is not on one line */
function quoted(text) {
    return `"${onOneLine(text).replace(/[\\"$]/g, '\\$&')}"`;
}
/** The exec form of CMD: a JSON list, whose texts hold line ends as escapes. @see https://docs.docker.com/reference/dockerfile/#cmd */
function execForm(words) {
    const odd = words.find((word) => word.includes('\0'));
    if (odd !== undefined)
        throw refused(odd, 'no program takes an argument with a NUL');
    return JSON.stringify(words);
}
/** One instruction for all pairs: each instruction costs a step of the build. */
function pairs(instruction, values) {
    const words = Object.entries(values).map(([name, value]) => dockerfile `${instruction === 'ENV' ? variable(name) : bare(name)}=${quoted(value)}`);
    return words.length > 0 ? dockerfile `${bare(instruction)} ${joined(words, ' \\\n    ')}\n` : NOTHING;
}
/** Variables before a command of a shell. @throws UserError where a name is none */
function assignments(env) {
    return joined(Object.entries(env).map(([name, value]) => dockerfile `${variable(name)}=${shellWord(value)} `));
}
function bind(source, target, mode) {
    return dockerfile `--mount=type=bind,source=${dockerfile_words_place(source)},target=${dockerfile_words_place(target)}${mode ? dockerfile `,rw` : NOTHING}`;
}
function bindFrom(from, source, target, mode) {
    return dockerfile `--mount=type=bind,from=${bare(from)},source=${dockerfile_words_place(source)},target=${dockerfile_words_place(target)}${mode ? dockerfile `,rw` : NOTHING}`;
}
function secret(id, target) {
    return dockerfile `--mount=type=secret,id=${bare(id)}${target === undefined ? NOTHING : dockerfile `,target=${dockerfile_words_place(target)}`}`;
}
/** A word for a shell, whatever it holds. */
function shellQuote(text) {
    return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
/** A path of a mount: a comma would begin another field. */
function dockerfile_words_place(path) {
    return path.startsWith('/') ? (path === '/' ? dockerfile `/` : dockerfile `/${bare(path.slice(1))}`) : bare(path);
}
function variable(name) {
    if (/^[A-Za-z_]\w*$/.test(name))
        return name;
    throw refused(name, 'it is no name of a variable');
}
function onOneLine(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    if (!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text))
        return text;
    throw refused(text, 'it has a line end or another control character');
}
function refused(text, why) {
    const shown = JSON.stringify((0,words/* shorten */.ml)(text, 80));
    return new errors/* UserError */.yo('plan', `${shown} cannot be written into the Dockerfile: ${why}`, 'Correct what says so.');
}

;// CONCATENATED MODULE: ./lib/plan/user.js

/** The uid, and the gid where it is another number: base has always been made for the first alone. */
function userWords({ uid, gid }) {
    return (uid === gid ? [uid] : [uid, gid]).map(whole);
}
/** @param text the input `user`: `root`, a uid, or `uid:gid`; a uid alone is its own group */
function planUser(text) {
    const [uid = '', gid = uid] = (text === 'root' ? '0' : text).split(':');
    return { uid: Number(uid), gid: Number(gid) };
}

;// CONCATENATED MODULE: ./lib/plan/dockerfile/dockerfile.js



/**
 * The one Dockerfile that tells the whole method, as text. It is rendered as more becomes known
 * (project, lock, wheels), each rendering containing the earlier one byte for byte, so that BuildKit's
 * cache stays valid. It keeps to what BuildKit 0.8 (Engine 20.10) understands: no `# syntax=` line
 * (it would pull an image), no heredocs, no `RUN --network`, no `COPY --link`.
 * @see https://docs.docker.com/reference/dockerfile/
 */
/** Dependencies carry this time whatever the commit is, so that a new commit does not make their layer anew. */
const DEPENDENCIES_EPOCH = 315532800; // 1980-01-01, the earliest a zip file can say
const APT_LISTS = '/var/lib/apt/lists';
/** `base`, `debian-lists` and `builder`. `BASE`, `BUILDER`, `WORKSHOP` (where the
 * project's wheel is built: one of the two), `TOOLS` and `RELEASE` let later stages start from the images these became. */
function renderImages(plan) {
    const updates = plan.updates === 'security' ? dockerfile `: ${bare(plan.week)}; UPDATES=security ` : NOTHING;
    const args = joined([plan.python === undefined ? dockerfile `''` : bare(plan.python), ...userWords(plan)], ' ');
    return dockerfile `ARG BASE=base
ARG BUILDER=builder
ARG WORKSHOP=base
ARG TOOLS=kept-tools
ARG RELEASE=release

# Python, the virtual environment /appenv, an entrypoint that activates it
FROM ${bare(plan.parent)} AS base-tree
USER 0
RUN ${bind('stages/base', '/mnt')} ${updates}SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} sh /mnt/make.sh ${args}
FROM ${bare(plan.parent)} AS base
USER 0
COPY --from=base-tree /srv/tree/ /
ENV VIRTUAL_ENV=/appenv PATH=/appenv/bin:\${PATH:-/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin} PYTHONUNBUFFERED=1
WORKDIR /app
ENTRYPOINT ["/usr/local/bin/entrypoint"]

# what Debian offers this week: for the builder, and for what the compiled wheels link
FROM \${BASE} AS debian-lists
RUN ${bind('stages/debian', '/mnt')} : ${bare(plan.week)}; sh /mnt/lists.sh
FROM scratch AS debian-lists-files
COPY --from=debian-lists /srv/out/ /

# compilers, headers and wheel tools
FROM \${BASE} AS builder
RUN ${bind('stages/builder', '/mnt')} ${bindFrom('debian-lists', APT_LISTS, APT_LISTS, 'rw')} \\
    : ${bare(plan.week)}; ${joined([dockerfile `sh /mnt/make.sh`, ...plan.buildPackages.map(debian)], ' ')}
CMD ["build-wheels"]
`;
}
/** `target`, which describes what wheels are chosen for; `uv`; and the two resolutions: what builds need, and what the application needs. */
function renderResolution(secrets, newest) {
    const resolve = (name, ...more) => dockerfile `FROM \${BASE} AS ${bare(name)}
RUN ${joined([bind('stages/lock', '/mnt'), bindFrom('tools', '/', '/media'), bind(`requirements/${name}`, '/opt'), ...more], ' ')} \\
    ${networkSettings(secrets)}DAY=${time(newest.day)} MOMENT=${time(newest.moment)} python /mnt/resolve.py
FROM scratch AS ${bare(name)}-files
COPY --from=${bare(name)} /srv/out/ /
`;
    return dockerfile `
# the interpreter and system that wheels are chosen for
FROM \${BASE} AS target
RUN ${bind('stages/target', '/mnt')} python /mnt/describe.py
FROM scratch AS target-files
COPY --from=target /srv/out/ /

# uv's wheel, pinned by hash; a tool of the build, in no image
FROM \${BASE} AS uv
RUN ${bind('stages/uv', '/mnt')} ${bind('stages/builder', '/opt')} \\
    ${networkSettings(secrets)}sh /mnt/fetch.sh
FROM scratch AS uv-files
COPY --from=uv /srv/out/ /
FROM scratch AS kept-tools
COPY tools/ /
FROM \${TOOLS} AS tools

# what it takes to build the project and its sdists
${resolve('build-lock')}
# what the application requires, for this image's Python
${resolve('lock', bind('local-metadata', '/srv/local', 'rw'), bind('local-files', '/srv/files'), ...(secrets.pins ? [secret('pins', '/run/pins')] : []))}`;
}
/** RFC 3339, or '' for none. */
function time(text) {
    return text === '' ? NOTHING : bare(text);
}
/**
 * `build-environment`: what the build backend works in, without the source, so that it stays when that changes. `app-wheel`: the
 * project's own wheel, from a snapshot of the source, without an index; in base, or in the builder where it needs one.
 * @param env tells the build backend a version; part of the text, and so of the stage's key
 * @param above the place of a project in its repository, where building it reads above its folder
 */
function renderAppWheel(epoch, env = {}, above) {
    return dockerfile `
# what the application's build backend works in
FROM \${WORKSHOP} AS build-environment
RUN ${bind('stages/wheel', '/mnt')} ${bindFrom('tools', '/', '/media')} ${bind('build-requires', '/opt')} \\
    ${bind('build-system', '/srv/project')} \\
    python /mnt/environment.py /srv/project

# the application's wheel
FROM build-environment AS app-wheel
RUN ${bind('stages/wheel', '/mnt')} ${bindFrom('tools', '/', '/media')} ${bind('build-requires', '/opt')} \\
    ${bind('source', '/srv/source', 'rw')} ${renderAbove('above', above)}\\
    ${assignments(placed(env, above))}SOURCE_DATE_EPOCH=${whole(epoch)} python /mnt/build.py /srv/source
FROM scratch AS app-wheel-files
COPY --from=app-wheel /srv/out/ /
`;
}
/** What lies above a project whose build reads there. */
function renderAbove(at, above) {
    return above === undefined ? NOTHING : dockerfile `${bind(at, REPOSITORY_AT, 'rw')} `;
}
function placed(env, above) {
    return above === undefined ? env : { ...env, ABOVE: above };
}
/**
 * `build-command`: the user's commands in the builder, on a copy of the source, with the wheels at hand.
 * @param secrets ids that the commands may read below /run/secrets
 */
function renderBuildCommand(secrets, epoch) {
    const mounts = [
        bind('stages/command', '/mnt'),
        bindFrom('tools', '/', '/media'),
        bind('source', '/srv/source'),
        bind('build-command', '/srv/commands'),
        bind('wheels', '/wheelhouse'),
        ...secrets.map((id) => secret(id)),
    ];
    return dockerfile `
# the user's commands, which may add to the source
FROM \${BUILDER} AS build-command
RUN ${joined(mounts, ' \\\n    ')} \\
    SOURCE_DATE_EPOCH=${whole(epoch)} python /mnt/run.py
FROM scratch AS build-command-files
COPY --from=build-command /srv/out/ /
`;
}
/** The stage of one package without a fitting wheel: built alone, so that a failure names it. */
function wheelStage(name) {
    return `wheel-${name}`;
}
function renderWheelStages(sources) {
    return joined(sources.map(renderWheelStage));
}
function renderWheelStage(source) {
    const name = bare(source.name);
    const stage = bare(wheelStage(source.name));
    const why = source.folder ? dockerfile `${name} comes as a folder` : dockerfile `${name} has no wheel that fits`;
    const compiled = source.needsCompiler ? dockerfile `compiled` : dockerfile `pure Python, built without a compiler`;
    const slash = source.at.lastIndexOf('/');
    const mount = source.folder ? bind(source.at, '/srv/source', 'rw') : bind(source.at.slice(0, slash), '/srv/sdist');
    const built = source.folder ? dockerfile `/srv/source` : dockerfile `/srv/sdist/${bare(source.at.slice(slash + 1))}`;
    return dockerfile `
# ${why}: ${compiled}
FROM \${${source.needsCompiler ? dockerfile `BUILDER` : dockerfile `BASE`}} AS ${stage}
RUN ${bind('stages/wheel', '/mnt')} ${bindFrom('tools', '/', '/media')} ${bind('build-requires', '/opt')} \\
    ${mount} ${renderAbove(`above/${source.name}`, source.above)}\\
    ${assignments(placed(source.env ?? {}, source.above))}SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} python /mnt/build.py ${built}
FROM scratch AS ${stage}-files
COPY --from=${stage} /srv/out/ /
`;
}
const EVIDENCE = 'evidence';
/** `evidence`: whatever a build has left of its own programs, none of them is asked here. */
function renderEvidence({ stage, image, file }) {
    return dockerfile `
# what a compiled wheel links
FROM \${${bare(image)}} AS ${bare(EVIDENCE)}
RUN ${bind('stages/wheel', '/mnt')} ${bindFrom(stage, '/srv/out', '/srv/wheel')} \\
    PATH=/usr/sbin:/usr/bin:/sbin:/bin /appenv/bin/python -I -S /mnt/evidence.py ${bare(file)}
FROM scratch AS ${bare(EVIDENCE)}-files
COPY --from=${bare(EVIDENCE)} /srv/out/ /
`;
}
/** `debian-files`: the .deb files of the run-time packages, kept beside the wheelhouse. */
function renderDebianFiles(packages) {
    if (packages.length === 0)
        return NOTHING;
    return dockerfile `
# Debian packages that the compiled wheels link, as files
FROM debian-lists AS debian
RUN ${bind('stages/debian', '/mnt')} sh /mnt/fetch.sh ${joined(packages.map(debian), ' ')}
FROM scratch AS debian-files
COPY --from=debian /srv/out/ /
`;
}
/** Secret mounts and the variables that name them, for a RUN that talks to an index. */
function networkSettings(secrets) {
    const mounts = [];
    const settings = [];
    if (secrets.ca) {
        mounts.push(secret('ca', '/run/ca.pem'));
        settings.push(dockerfile `SSL_CERT_FILE=/run/ca.pem PIP_CERT=/run/ca.pem REQUESTS_CA_BUNDLE=/run/ca.pem`);
    }
    if (secrets.index) {
        mounts.push(secret('index', '/run/index'));
        settings.push(dockerfile `INDEX=${bare(secrets.index)}`);
    }
    if (secrets.netrc) {
        mounts.push(secret('netrc', '/run/netrc'));
        settings.push(dockerfile `NETRC=/run/netrc`);
    }
    const words = [...mounts, ...settings];
    return words.length > 0 ? dockerfile `${joined(words, ' ')} ` : NOTHING;
}

;// CONCATENATED MODULE: ./lib/plan/iso-week.js
const DAY = 86_400_000;
/** The ISO week of a day (UTC), and the year that it is counted in. @see https://en.wikipedia.org/wiki/ISO_week_date */
function isoWeekOf(date) {
    const day = new Date(date);
    const thursday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()));
    thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
    const year = thursday.getUTCFullYear();
    return { year, week: Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY + 1) / 7) };
}
/** As `2026-W47`: layers made by apt live that long, so that security fixes arrive. */
function isoWeek(date) {
    const { year, week } = isoWeekOf(date);
    return `${year}-W${String(week).padStart(2, '0')}`;
}

;// CONCATENATED MODULE: ./lib/plan/policy.js
/**
 * A merge queue tries commits that may never be on the branch: they are pushed only where tags are named for them.
 * Code from elsewhere is never pushed under our names: not from a fork's pull request (secrets are
 * absent there), and not where an event with our secrets runs over a foreign head.
 * @param named whether the user named the tags
 * @see https://docs.github.com/actions/reference/security/secure-use
 */
function decidePush(asked, context, named = false) {
    if (!asked)
        return { push: false, reason: undefined };
    if (context.foreignHead) {
        const what = context.pullRequest ? `pull request ${context.pullRequest.number}` : context.event;
        return { push: false, reason: `Nothing is pushed: the code of ${what} comes from another repository.` };
    }
    if (context.event === 'merge_group' && !named) {
        return { push: false, reason: 'Nothing is pushed from a merge queue, unless version or tags is set for it.' };
    }
    return { push: true, reason: undefined };
}
/** All is made anew: what was cached is left alone, and what is made is saved. */
function withoutRestoring(policy) {
    return { ...policy, restoreDownloads: false, restoreCompiled: false };
}
/** Events that take write access, and run with the default branch's cache. GitHub's own list. */
const BY_WRITERS = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'delete', 'registry_package', 'page_build'];
/** Events that run on a ref of their own, whose cache the default branch never sees, or that take write access too. */
const ON_OWN_REF = [
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'merge_group',
    'release',
    'create',
    'deployment',
    'deployment_status',
];
/** All others (comments, issues, discussions, forks, stars, …) a stranger can cause, and they run on the default branch. */
const TRUSTED = new Set([...BY_WRITERS, ...ON_OWN_REF]);
/**
 * `auto`: wheels that anybody could fetch are restored everywhere; compiled ones only where nobody
 * foreign could have saved them. On tags, where an image is released from them, only what is signed is.
 * @param signing whether there is a key: then nothing unsigned is used wherever compiled wheels are restored
 * @see https://github.blog/changelog/2026-06-26-read-only-actions-cache-for-untrusted-triggers
 */
function cachePolicy(mode, context, signing) {
    if (mode === 'never')
        return policy('', 'cache is never');
    if (!context.cacheService) {
        return policy('', context.inActions ? 'this runner has no cache service, so the wheelhouse is not kept between runs' : undefined);
    }
    if (!TRUSTED.has(context.event)) {
        return policy('d', `compiled wheels are not restored and nothing is saved on ${context.event}`);
    }
    const tag = context.ref.startsWith('refs/tags/');
    const restore = tag ? (signing ? 'dc' : 'd') : 'dcr';
    const unsigned = tag && !signing ? 'on tags compiled wheels are not restored without cache-signing-key' : undefined;
    if (mode === 'always')
        return policy(`${restore}DC`, unsigned);
    if (tag)
        return policy(restore, unsigned ? `${unsigned}, and nothing is saved` : 'on tags nothing is saved');
    if (context.event === 'merge_group')
        return policy(restore, 'nothing is saved from a merge queue');
    if (context.pullRequest)
        return policy(`${restore}C`, 'a pull request saves only what it compiled');
    return policy(`${restore}DC`, undefined);
}
/** Letters: d, c restore downloads and compiled wheels; D, C save them; r believes the records. */
function policy(letters, reason) {
    return {
        restoreDownloads: letters.includes('d'),
        restoreCompiled: letters.includes('c'),
        believeRecords: letters.includes('r'),
        saveDownloads: letters.includes('D'),
        saveCompiled: letters.includes('C'),
        reason,
    };
}

;// CONCATENATED MODULE: ./lib/plan/tags/releases.js

/** A version by semver.org: its parts and its pre-release; a `v` may stand before it. */
const SEMVER = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
/** `v1.2.3`, `shop-v1.2.3` and `shop/v1.2.3` (of the image shop) read as 1.2.3: a version by PEP 440 or semver.org. */
function releaseFromTag(tag, imageName) {
    const short = imageName.split('/').at(-1) ?? imageName;
    const rest = [`${short}-`, `${short}/`].find((prefix) => tag.startsWith(prefix));
    const version = (rest ? tag.slice(rest.length) : tag).replace(/^v(?=\d)/i, '');
    // `2026` or a branch-like name is a version to PEP 440 too; a release has at least two parts.
    return /^\d+\.\d/.test(version) && isVersion(version) ? version : undefined;
}
/** By PEP 440 or semver.org. */
function isVersion(text) {
    return (0,pep440/* valid */.rZ)(text) !== null || SEMVER.test(text);
}
/** Neither a pre-, post- or dev-release nor a local version. */
function isFinal(version) {
    const parts = (0,pep440/* explain */.WE)(version);
    return parts !== null && !parts.is_prerelease && !parts.is_postrelease && !parts.is_devrelease && !version.includes('+');
}
/** Final releases among the tags of a repository. */
function finalReleases(names, imageName) {
    return names.map((name) => releaseFromTag(name, imageName)).filter((release) => !!release && isFinal(release));
}
/** Negative where the first is lower; what PEP 440 does not read is lower than all that it reads, and no release lower still. */
function compareReleases(a, b) {
    const [first, second] = [a, b].map((one) => (one !== undefined && (0,pep440/* valid */.rZ)(one) ? one : undefined));
    if (first !== undefined && second !== undefined)
        return (0,pep440.gt)(first, second) ? 1 : (0,pep440.gt)(second, first) ? -1 : 0;
    const rank = (one, read) => (read !== undefined ? 2 : one === undefined ? 0 : 1);
    return rank(a, first) - rank(b, second);
}
/**
 * `1.2`, `1` and `latest` of 1.2.3, as its parts are written (`2025.06` of 2025.06.1); never `0`.
 * @param others final releases
 */
function movingTags(release, others) {
    const written = (/^\d+(?:\.\d+)*/.exec(release)?.[0] ?? '').split('.');
    const higher = others.filter((other) => (0,pep440.gt)(other, release)).toSorted((a, b) => compareReleases(b, a) || b.length - a.length);
    const claim = (length) => higher.find((other) => written.slice(0, length).every((part, i) => Number(part) === segment(other, i)));
    const lines = Array.from({ length: written.length - 1 }, (_, i) => written.length - 1 - i);
    return [
        ...lines.map((length) => ({ tag: written.slice(0, length).join('.'), claimedBy: claim(length) })),
        { tag: 'latest', claimedBy: claim(0) },
    ].filter(({ tag }) => !/^0+$/.test(tag));
}
function segment(version, i) {
    return Number((0,pep440/* explain */.WE)(version)?.release[i] ?? 0);
}
/**
 * The line of `tags` that would read the version in a tag such as `backend-v2.22.0`; undefined where it holds none.
 */
function ruleFor(tag) {
    const [, prefix = '', version = ''] = /^(.*?[^0-9A-Za-z.!])v?(\d+(?:\.\d+)+[0-9A-Za-z.+-]*)$/i.exec(tag) ?? [];
    if (!prefix || !isVersion(version))
        return undefined;
    const before = prefix.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return `type=${(0,pep440/* valid */.rZ)(version) ? 'pep440' : 'semver'},pattern={{version}},match=^${before}v?(.+)$`;
}

;// CONCATENATED MODULE: ./lib/plan/tags/checkout-head.js

/**
 * The image is made from what is checked out, so that decides over its tags, not what the event is about: a
 * `workflow_dispatch` on main may check out v1.2.3, a comment a pull request.
 */
function contextAtHead(context, head, imageName) {
    const { sha, ref, pullRequest } = context;
    const ofRequest = head && pullRequest && (head.revision === pullRequest.headSha || context.event === 'pull_request_target');
    // An annotated tag has a name of its own, which is not that of its commit.
    const ofTag = ref.startsWith('refs/tags/') && head?.refs.includes(ref);
    if (!head || !sha || head.revision === sha || ofRequest || ofTag)
        return { context, notice: undefined };
    const found = refOfHead(context, head, imageName);
    const told = `HEAD is ${head.revision.slice(0, 7)}, and ${context.event} is about ${sha.slice(0, 7)} of ${ref || 'no ref'}`;
    if (found === ref)
        return { context: { ...context, sha: head.revision }, notice: `${told}: the image is made from HEAD.` };
    const at = {
        ...context,
        // A schedule that checks out something else is no nightly of it.
        event: context.event === 'schedule' ? 'workflow_dispatch' : context.event,
        ref: found,
        refName: found.replace(/^refs\/(heads|tags|pull)\//, ''),
        sha: head.revision,
        pullRequest: undefined,
        prerelease: false,
    };
    return { context: at, notice: `${told}: HEAD decides, so the tags are those of ${found || 'that commit'}.` };
}
/** Events that strangers can cause run on the default branch: what they check out under its name may be anything. */
const BELIEVED = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release', 'create', 'deployment', 'registry_package'];
/** '' where HEAD has no name that can be believed. */
function refOfHead({ event, ref, followed }, { revision, refs, branch, follows }, imageName) {
    const tags = refs.filter((name) => name.startsWith('refs/tags/'));
    const [tag] = tags.toSorted((a, b) => compareReleases(releaseIn(b, imageName), releaseIn(a, imageName)));
    // A commit that is released is that release; another tag names only what is checked out by it, not a branch that it is on.
    if (tag && (branch === '' || releaseIn(tag, imageName) !== undefined))
        return tag;
    const pull = [follows, ...refs].map((name) => /^refs\/(?:remotes\/)?pull\/(\d+)\/(?:head|merge)$/.exec(name)?.[1]).find(Boolean);
    if (pull)
        return `refs/pull/${pull}/head`;
    if (followed?.sha === revision)
        return followed.ref;
    if (ref.startsWith('refs/pull/'))
        return ''; // other code than that of the request
    const name = branch && `refs/heads/${branch}`;
    return BELIEVED.includes(event) && (follows === '' || follows === name) ? name : '';
}
function releaseIn(tag, imageName) {
    return releaseFromTag(tag.slice('refs/tags/'.length), imageName);
}

// EXTERNAL MODULE: ./lib/inputs.js
var lib_inputs = __webpack_require__(646);
;// CONCATENATED MODULE: ./lib/plan/fingerprint.js

/**
 * The one maker of image fingerprints and cache keys: the first 16 hex digits of the sha256 over the
 * parts, in the order of their names.
 */
function fingerprint(parts) {
    const sorted = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1));
    return sha256(JSON.stringify(sorted)).slice(0, 16);
}
/** Names of the parts that differ, so that "why was this made again?" has an answer. */
function changedParts(before, now) {
    const names = new Set([...Object.keys(before), ...Object.keys(now)]);
    return [...names].filter((name) => before[name] !== now[name]).sort();
}
/** sha256 of a text, as 64 hex digits. */
function sha256(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
}
/** The tag that an image made from this fingerprint carries. */
function fingerprintTag(print) {
    return `fingerprint-${print}`;
}

;// CONCATENATED MODULE: ./lib/plan/tags/matrix-legs.js




/** Inputs that make another image of the same name, in the order of the suffix; `extras` comes before them. */
const MAKING = [
    ['python-version', 'pythonVersion'],
    ['platform', 'platform'],
    ['parent-image', 'parentImage'],
    ['base-image', 'baseImage'],
    ['builder-image', 'builderImage'],
    ['base-dockerfile', 'baseDockerfile'],
    ['builder-dockerfile', 'builderDockerfile'],
    ['dockerfile', 'dockerfile'],
    ['exclude-newer', 'excludeNewer'],
    ['command', 'command'],
    ['user', 'user'],
    ['healthcheck', 'healthcheck'],
];
/** Lists among them: a value of the matrix may be one of their items, or all. */
const MAKING_LISTS = [
    ['requirements', 'requirements'],
    ['packages', 'packages'],
    ['build-packages', 'buildPackages'],
    ['runtime-packages', 'runtimePackages'],
];
const BY_NAME = ['extras', ...MAKING.map(([name]) => name), ...MAKING_LISTS.map(([name]) => name)];
/** Inputs that give each leg a name or tags of its own. */
const NAMING = ['registry', 'mirrors', 'namespace', 'imageName', 'path', 'version', 'tags', 'flavor'];
/**
 * The legs of a matrix push one image name: what this leg's matrix holds, and is given as an input that makes the image,
 * becomes the suffix of its tags, so that no leg overwrites another's.
 * @param inputs with the matrix of this leg: `toJSON(matrix)`, `null` outside one
 */
function legOf(inputs) {
    const all = matrixKeys(inputs.matrix);
    const keys = all.filter(({ values }) => values.length > 0);
    const values = keys.flatMap((key) => key.values);
    const given = (value) => value !== '' && values.includes(value);
    const chosen = (0,lib_inputs/* chosenNames */.Fg)(inputs);
    const extras = chosen.length > 0 && given(inputs.extrasText.trim()) ? legalTag(chosen.map((extra) => extra.replace(/^group:/, '')).join('-')) : '';
    const making = [
        ...MAKING.map(([name, field]) => [name, String(inputs[field] ?? '')]),
        ...MAKING_LISTS.map(([name, field]) => [name, (inputs[field] ?? []).join('\n')]),
    ].filter(([, value]) => given(value));
    const parts = [extras, ...making.map(([name, value]) => readable(name, value))].filter(Boolean);
    const named = NAMING.map((field) => String(inputs[field] ?? '')).join('\n');
    const told = new Set([inputs.extrasText.trim(), ...making.map(([, value]) => value)]);
    const isTold = (value) => told.has(value) || holdsWord(inputs.tagSuffix, value) || holdsWord(named, value);
    return {
        suffix: inputs.tagSuffix || parts.map((part) => `-${part}`).join(''),
        from: [...(extras ? ['extras'] : []), ...making.map(([name]) => name)],
        // The leg whose value is empty is the one without a suffix.
        apart: all.some(({ name, values: these }) => these.some(isTold) || (these.length === 0 && BY_NAME.includes(name))),
        untold: inputs.tagSuffix ? [] : keys.filter((key) => !key.values.some(isTold)).map(({ name }) => name),
    };
}
/**
 * A leg whose tags say nothing of what it differs by from the others would push over theirs.
 * @returns what to tell
 * @throws UserError where nothing in the tags comes from the matrix
 */
function checkLeg(leg, inputs, push) {
    const first = leg.untold[0];
    const advice = `Set tag-suffix: -\${{ matrix.${first} }}, or, where one leg alone pushes, matrix: ''`;
    if (first !== undefined && push && !leg.apart) {
        throw new errors/* UserError */.yo('inputs', `the legs of this matrix differ by ${leg.untold.join(', ')}, and all would push the same tags`, `${advice}.`, { input: 'tag-suffix' });
    }
    const notices = [];
    if (leg.from.length > 0 && !inputs.tagSuffix) {
        const what = leg.from.join(', ');
        notices.push(`The tags of this leg end in ${leg.suffix}, from ${what} in the matrix (tag-suffix overrides).`);
    }
    if (first !== undefined && push)
        notices.push(`The tags of this leg do not say ${leg.untold.join(', ')} of its matrix. ${advice}.`);
    return notices;
}
function holdsWord(text, word) {
    return new RegExp(`(?<![A-Za-z0-9])${word.replace(/[^A-Za-z0-9]/g, '\\$&')}(?![A-Za-z0-9])`).test(text);
}
/** The names of a leg's matrix (`toJSON(matrix)`; `null` outside one); what is no object has none. */
function matrixKeys(matrix) {
    let parsed;
    try {
        parsed = JSON.parse(matrix || 'null');
    }
    catch {
        return [];
    }
    if (typeof parsed !== 'object' || parsed === null)
        return [];
    return Object.entries(parsed).map(([name, value]) => ({ name, values: leaves(value).filter((text) => text !== '') }));
}
/** A matrix may hold objects and lists: `config: { extras: test }`. */
function leaves(value) {
    if (typeof value === 'object' && value !== null)
        return Object.values(value).flatMap(leaves);
    return value === null || typeof value === 'boolean' ? [] : [String(value).trim()];
}
/** `py3.12`, `python-3.13-slim`; what a tag cannot hold, or what is cut, is told apart by a part of its hash. */
function readable(name, value) {
    const [text, whole] = name === 'python-version' ? [`py${value}`, true] : [value.replace(/@sha256:.*$/, ''), /^[\w.-]+([:/][\w.-]+)?$/.test(value)];
    const last = legalTag((whole ? text : (text.split('/').at(-1) ?? text)).replace(/[^A-Za-z0-9_.-]+/g, '-')).slice(0, 30);
    return whole && text.length <= 30 ? last : [last, sha256(value).slice(0, 8)].filter(Boolean).join('-');
}

;// CONCATENATED MODULE: ./lib/plan/tags/tag-rules.js



const TAG_TYPES = ['schedule', 'semver', 'pep440', 'match', 'edge', 'ref', 'raw', 'sha'];
const KINDS = {
    schedule: { priority: 1000, attributes: { pattern: 'nightly' } },
    semver: { priority: 900, attributes: { pattern: undefined, value: '', match: '' } },
    pep440: { priority: 900, attributes: { pattern: undefined, value: '', match: '' } },
    match: { priority: 800, attributes: { pattern: undefined, group: '0', value: '' } },
    edge: { priority: 700, attributes: { branch: '' } },
    ref: { priority: 600, attributes: { event: undefined } },
    raw: { priority: 200, attributes: { value: undefined } },
    sha: { priority: 100, attributes: { format: 'short' } },
};
const OF_ALL_TYPES = ['enable', 'priority', 'prefix', 'suffix'];
/** Attributes that take one of a few words. */
const WORDS = { event: ['branch', 'tag', 'pr'], format: ['short', 'long'] };
/**
 * Reads the rules; the highest priority comes first, rules of the same one stay in their order.
 * @throws UserError naming the line and what would be legal
 */
function readTagRules(lines) {
    return lines
        .filter((line) => !line.startsWith('#'))
        .map(readRule)
        .sort((a, b) => b.priority - a.priority);
}
function readRule(line) {
    const given = new Map();
    for (const field of fields(line)) {
        const [, key, value] = /^([^=]+)=(.*)$/s.exec(field) ?? [];
        const name = key === undefined ? 'value' : key.trim().toLowerCase();
        if (given.has(name)) {
            throw wrong(line, `${key === undefined ? `"${field}" is a second value` : `${name} stands twice`}`, 'Write one tag or rule a line.');
        }
        given.set(name, (value ?? field).trim());
    }
    const type = typeOf(line, given.get('type') ?? 'raw');
    given.delete('type');
    const { priority, attributes } = KINDS[type];
    const legal = [...Object.keys(attributes), ...OF_ALL_TYPES];
    for (const name of given.keys()) {
        if (legal.includes(name))
            continue;
        const near = (0,project_names/* didYouMean */.a)(name, legal);
        throw wrong(line, `type=${type} has no attribute "${name}"`, `It has ${legal.join(', ')}${near ? ` (did you mean ${near}?)` : ''}.`);
    }
    for (const [name, usual] of Object.entries(attributes)) {
        const words = WORDS[name];
        if (usual === undefined && !given.has(name)) {
            throw wrong(line, `type=${type} lacks ${name}`, `Add ${name}=${words ? words.join('|') : name === 'pattern' ? '…' : 'TAG'}.`);
        }
        if (words && !words.includes(given.get(name) ?? usual ?? '')) {
            throw wrong(line, `${name} is "${given.get(name)}"`, `It must be one of ${words.join(', ')}.`);
        }
    }
    const prefix = type === 'sha' ? 'sha-' : type === 'ref' && given.get('event') === 'pr' ? 'pr-' : undefined;
    const all = { ...attributes, enable: 'true', ...(prefix && { prefix }), ...Object.fromEntries(given) };
    return {
        type,
        attributes: all,
        priority: number(line, 'priority', given.get('priority') ?? String(priority)),
        line,
    };
}
function typeOf(line, value) {
    const type = TAG_TYPES.find((known) => known === value);
    if (type)
        return type;
    const near = (0,project_names/* didYouMean */.a)(value, TAG_TYPES);
    throw wrong(line, `there is no type "${value}"`, `The types are ${TAG_TYPES.join(', ')}${near ? ` (did you mean ${near}?)` : ''}.`);
}
function number(line, name, value) {
    if (/^-?\d+$/.test(value))
        return Number(value);
    throw wrong(line, `${name} is "${value}"`, 'It must be a whole number.');
}
function wrong(line, cause, next) {
    return new errors/* UserError */.yo('inputs', `tags: ${cause} in "${(0,words/* shorten */.ml)(line, 80)}"`, next, { input: 'tags' });
}
/** Separated by commas; a field in double quotes may hold one, and `""` there is a quote (RFC 4180). */
function fields(line) {
    const found = [...line.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(?:,|$)/g)];
    return found
        .map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? (plain ?? '').trim())
        .filter((field, i) => field !== '' || i === 0);
}

;// CONCATENATED MODULE: ./lib/plan/tags/flavor.js



const NO_FLAVOR = { latest: 'auto', prefix: '', suffix: '', prefixLatest: false, suffixLatest: false };
/**
 * Reads the lines of the input `flavor`: `latest=auto`, `prefix=…,onlatest=true`, `suffix=…`.
 * @throws UserError naming the line and what would be legal
 * @see https://github.com/docker/metadata-action#flavor-input
 */
function readFlavor(lines) {
    return lines.filter((line) => !line.startsWith('#')).reduce(readLine, NO_FLAVOR);
}
function readLine(flavor, line) {
    let read = flavor;
    let of;
    for (const field of fields(line)) {
        const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(field)?.map((part) => part.trim()) ?? [];
        const name = key.toLowerCase();
        if (name === 'prefix' || name === 'suffix') {
            of = name;
            read = { ...read, [name]: value };
        }
        else if (name === 'latest' && (value === 'auto' || value === 'true' || value === 'false')) {
            read = { ...read, latest: value };
        }
        else if (name === 'onlatest' && of && ['true', 'false'].includes(value)) {
            read = { ...read, [`${of}Latest`]: value === 'true' };
        }
        else {
            throw new errors/* UserError */.yo('inputs', `flavor: "${field}" in "${(0,words/* shorten */.ml)(line, 80)}" cannot be followed`, 'Write latest=auto, true or false; prefix=TEXT or suffix=TEXT, each with onlatest=true or false behind it.', { input: 'flavor' });
        }
    }
    return read;
}

;// CONCATENATED MODULE: ./lib/plan/tags/tag-template.js


const EXPRESSION = /\{\{\{?\s*([A-Za-z_]\w*)(?:\s+(?:'([^']*)'|"([^"]*)"))?(?:\s+tz=(?:'([^']*)'|"([^"]*)"))?\s*\}?\}\}/g;
/**
 * Fills in the expressions of a template: `v{{major}}`, `{{date 'YYYYMMDD' tz='Asia/Tokyo'}}`.
 * @param where for the error: the rule
 * @throws UserError for one that is not among `legal`
 */
function fillIn(template, legal, where) {
    const filled = template.replace(EXPRESSION, (all, name, single, double, zone, zoneDouble) => {
        const meaning = Object.hasOwn(legal, name) ? legal[name] : undefined;
        const format = single ?? double;
        if (typeof meaning === 'string' && format === undefined)
            return meaning;
        if (typeof meaning === 'function')
            return meaning(format ?? 'YYYY-MM-DDTHH:mm:ssZ', zone ?? zoneDouble ?? '');
        throw illegal(all, legal, where);
    });
    const rest = /\{\{.*?(\}\}|$)/.exec(filled.replaceAll('\n', ' '));
    if (rest)
        throw illegal(rest[0], legal, where);
    return filled;
}
/** Names of the expressions in a template. */
function expressionsIn(template) {
    return [...template.matchAll(EXPRESSION)].map(([, name = '']) => name);
}
/** Whether a pattern is `{{raw}}` and nothing else. */
function isRaw(pattern) {
    return /^\{\{\{?\s*raw\s*\}?\}\}$/.test(pattern);
}
function illegal(expression, legal, where) {
    const names = Object.entries(legal).map(([name, meaning]) => (typeof meaning === 'function' ? `{{${name} 'YYYYMMDD'}}` : `{{${name}}}`));
    return new errors/* UserError */.yo('inputs', `tags: ${expression} in "${where}" is no expression that is known here`, `Write ${names.join(', ')}.`, {
        input: 'tags',
    });
}
const tag_template_TOKEN = /\[([^[\]]*)\]|Do|DDDD?|DD?|MMMM|MMM|MM|M|YYYY|YY|Q|dddd|ddd|dd|d|E|GGGG|WW|W|HH|H|hh|h|kk|k|mm|m|ss|s|S{1,9}|A|a|ZZ|Z|X|x/g;
/**
 * A moment in the words of a format, as moment.js has them; a text in square brackets stays as it is.
 * @param zone such as `Asia/Tokyo`; '' for UTC
 * @throws UserError where there is no such zone
 * @see https://momentjs.com/docs/#/displaying/format/
 */
function formatDate(date, format, zone) {
    const parts = wallClock(date, zone);
    const pad = (value, length = 2) => String(value).padStart(length, '0');
    const { year, month, day, hour, minute, second, offset } = parts;
    const wall = Date.UTC(year, month - 1, day);
    const dayOfYear = Math.round((wall - Date.UTC(year, 0, 1)) / DAY) + 1;
    const weekday = new Date(wall).getUTCDay();
    const iso = isoWeekOf(wall);
    const sign = offset < 0 ? '-' : '+';
    const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
    const name = (of, length) => new Intl.DateTimeFormat('en', { [of]: length, timeZone: 'UTC' }).format(new Date(wall));
    const words = {
        YYYY: () => pad(year, 4),
        YY: () => pad(year % 100),
        Q: () => String(Math.ceil(month / 3)),
        MMMM: () => name('month', 'long'),
        MMM: () => name('month', 'short'),
        MM: () => pad(month),
        M: () => String(month),
        DDDD: () => pad(dayOfYear, 3),
        DDD: () => String(dayOfYear),
        DD: () => pad(day),
        Do: () => `${day}${ordinal(day)}`,
        D: () => String(day),
        dddd: () => name('weekday', 'long'),
        ddd: () => name('weekday', 'short'),
        dd: () => name('weekday', 'short').slice(0, 2),
        d: () => String(weekday),
        E: () => String(weekday || 7),
        GGGG: () => pad(iso.year, 4),
        WW: () => pad(iso.week),
        W: () => String(iso.week),
        HH: () => pad(hour),
        H: () => String(hour),
        hh: () => pad(hour % 12 || 12),
        h: () => String(hour % 12 || 12),
        kk: () => pad(hour || 24),
        k: () => String(hour || 24),
        mm: () => pad(minute),
        m: () => String(minute),
        ss: () => pad(second),
        s: () => String(second),
        A: () => (hour < 12 ? 'AM' : 'PM'),
        a: () => (hour < 12 ? 'am' : 'pm'),
        ZZ: () => `${sign}${pad(hours)}${pad(minutes)}`,
        Z: () => `${sign}${pad(hours)}:${pad(minutes)}`,
        X: () => String(Math.floor(date.getTime() / 1000)),
        x: () => String(date.getTime()),
    };
    return format.replace(tag_template_TOKEN, (token, literal) => {
        if (literal !== undefined)
            return literal;
        if (token.startsWith('S'))
            return pad(date.getUTCMilliseconds(), 3).padEnd(9, '0').slice(0, token.length);
        return words[token]?.() ?? token;
    });
}
function ordinal(day) {
    if (day >= 11 && day <= 13)
        return 'th';
    return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}
/** What clocks show there, and minutes from UTC. */
function wallClock(date, zone) {
    const format = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' };
    let parts;
    try {
        parts = new Intl.DateTimeFormat('en', { ...format, hourCycle: 'h23', timeZone: zone || 'UTC' }).formatToParts(date);
    }
    catch {
        throw new errors/* UserError */.yo('inputs', `tags: there is no time zone "${zone}"`, 'Write one such as Europe/Berlin, or leave tz out for UTC.', {
            input: 'tags',
        });
    }
    const part = (type) => Number(parts.find((found) => found.type === type)?.value ?? 0);
    const clock = {
        year: part('year'),
        month: part('month'),
        day: part('day'),
        hour: part('hour'),
        minute: part('minute'),
        second: part('second'),
    };
    const shown = Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute, clock.second);
    return { ...clock, offset: Math.round((shown - Math.floor(date.getTime() / 1000) * 1000) / 60_000) };
}

;// CONCATENATED MODULE: ./lib/plan/tags/tag-expressions.js


function dates({ now, committed }) {
    return {
        date: (format, zone) => formatDate(now, format, zone),
        commit_date: (format, zone) => formatDate(committed, format, zone),
    };
}
/** Expressions of `prefix`, `suffix`, `value`, `enable` and of the flavor. @param ref that the tags are for */
function globals(facts, ref) {
    const { context } = facts;
    const of = (start) => (ref.startsWith(start) ? ref.slice(start.length) : '');
    const branch = ref.replace(/^refs\/heads\//, '');
    const isDefault = branch !== '' && (context.defaultBranch === branch || ON_DEFAULT_BRANCH.test(context.event));
    return {
        branch: of('refs/heads/'),
        tag: of('refs/tags/'),
        sha: shortSha(facts),
        base_ref: ref.startsWith('refs/heads/') ? '' : context.baseRef,
        is_default_branch: String(isDefault),
        is_not_default_branch: String(!isDefault),
        ...dates(facts),
    };
}
/** Events that run on the last commit of the default branch. */
const ON_DEFAULT_BRANCH = /create|discussion|issues|schedule/;
/** The commit, or by DOCKER_METADATA_PR_HEAD_SHA that of a pull request's head in the place of its merge. */
function shaOf({ context, sha }) {
    return (context.metadata.prHeadSha && context.pullRequest?.headSha) || sha;
}
/** @throws UserError where DOCKER_METADATA_SHORT_SHA_LENGTH is no length */
function shortSha(facts) {
    const length = facts.context.metadata.shortSha || '7';
    if (!/^[1-9]\d*$/.test(length)) {
        throw new errors/* UserError */.yo('inputs', `DOCKER_METADATA_SHORT_SHA_LENGTH is "${length}"`, 'It must be a whole number of characters, such as 12.');
    }
    return shaOf(facts).slice(0, Number(length));
}

;// CONCATENATED MODULE: ./lib/plan/tags/tag-names.js




/** Tags that are made by other events than a branch's push, also with the suffix of a leg behind them. */
const tag_names_WORDS = /^(?:latest|nightly|edge|pr-\d+|sha-[0-9a-f]+)(?:-|$)/i;
/** Whether a tag has the form of those that releases, schedules, pull requests or commits get. */
function isReserved(tag) {
    if (isSpecial(tag))
        return true;
    const plain = tag.replace(/^v(?=\d)/i, '');
    if (isVersion(plain))
        return true;
    // `1.2-test` is the tag 1.2 of a leg `test`; `123-fix-login` is a branch for an issue.
    return plain.split('-').some((_, i, parts) => {
        const start = parts.slice(0, i).join('-');
        return start.includes('.') && isVersion(start);
    });
}
/** The same without versions: what a git tag that is no release cannot have either. */
function isSpecial(tag) {
    const apart = /^(?:branch|tag)-(.+)$/.exec(tag)?.[1];
    // What is told apart already, of another name.
    if (apart && (/(?:^|-)[0-9a-f]{8}$/.test(apart) || isReserved(apart)))
        return true;
    return tag_names_WORDS.test(tag);
}
/**
 * The tag of a branch, or of a git tag that names no release. The name itself, with `-` for `/`, where a tag can hold it and
 * nobody else owns it; else what no release can have, with a part of the name's hash where the name does not fit.
 * @param owned whether a tag belongs to something else
 * @param room characters that it may have
 */
function tagOfName(kind, name, owned, room = LONGEST_TAG) {
    const plain = name.replaceAll('/', '-');
    const fits = legalTag(plain) === plain && plain.length <= room;
    if (fits && !owned(plain))
        return { tag: plain };
    const apart = `${kind}-${plain}`;
    const tag = fits && apart.length <= room ? apart : hashed(kind, name, room);
    const why = fits ? `${plain} belongs to releases, schedules, pull requests or another tag` : 'a tag cannot hold its name';
    return { tag, notice: `The ${kind} ${shown(name)} is tagged ${tag}: ${why}.` };
}
/** Readable as far as its letters are ASCII; unique by the hash. */
function hashed(kind, name, room) {
    const ascii = name
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .replace(/[^A-Za-z0-9_.]+/g, '-')
        .replace(/^[-.]+|[-.]+$/g, '');
    const hash = sha256(name).slice(0, 8);
    const readable = ascii.slice(0, Math.max(0, room - kind.length - hash.length - 2));
    return [kind, ...(readable ? [readable] : []), hash].join('-').slice(-room);
}
function shown(name) {
    return (0,words/* shorten */.ml)(name, 80);
}

;// CONCATENATED MODULE: ./lib/plan/tags/tags-by-rules.js







const tags_by_rules_NOTHING = { tag: '', latest: false };
/**
 * The tags of rules, as docker/metadata-action makes them: each rule that applies to the event gives one;
 * `latest` follows from the flavor, else from the first that does (a final release, `type=match` or `type=ref,event=tag`).
 * @param rules the highest priority first
 * @throws UserError where one cannot be followed
 * @see https://github.com/docker/metadata-action#latest-tag
 */
function tagsByRules(rules, facts) {
    const notices = [];
    const ref = effectiveRef(facts.context);
    const speaker = { ...facts, ref, expressions: globals(facts, ref), notice: (text) => notices.push(text) };
    const words = rules
        .filter((rule) => isEnabled(rule, speaker.expressions))
        .map((rule) => dressed(rule, wordOf(rule, speaker), speaker))
        .filter(({ tag }) => tag !== '');
    const found = new Map();
    for (const word of words) {
        if (!found.has(word.tag))
            found.set(word.tag, { tag: word.tag, moves: !word.stays });
    }
    const { flavor } = facts;
    if (words[0] && (flavor.latest === 'auto' ? words[0].latest : flavor.latest === 'true')) {
        const tag = latestOf(flavor, speaker.expressions);
        if (!found.has(tag))
            found.set(tag, { tag, moves: true });
    }
    return { tags: [...found.values()], notices, version: words.find((word) => word.version)?.version };
}
/** `latest`, with the flavor's prefix and suffix where they are for it too. */
function latestOf(flavor, expressions) {
    const prefix = flavor.prefixLatest ? fillIn(flavor.prefix, expressions, 'flavor') : '';
    const suffix = flavor.suffixLatest ? fillIn(flavor.suffix, expressions, 'flavor') : '';
    return sanitized(`${prefix}latest${suffix}`);
}
function wordOf(rule, speaker) {
    const { attributes } = rule;
    switch (rule.type) {
        case 'schedule':
            if (speaker.context.event !== 'schedule')
                return tags_by_rules_NOTHING;
            return plain(fillIn(attributes.pattern ?? '', dates(speaker), rule.line));
        case 'semver':
        case 'pep440':
            return release(rule, speaker);
        case 'match':
            return matched(rule, speaker);
        case 'edge':
            return edge(rule, speaker);
        case 'ref':
            return ofRef(attributes.event ?? '', speaker);
        case 'raw':
            return { ...plain(fillIn(attributes.value ?? '', speaker.expressions, rule.line)), stays: /\{\{\s*sha/.test(attributes.value ?? '') };
        case 'sha':
            return { ...plain(attributes.format === 'long' ? shaOf(speaker) : shortSha(speaker)), stays: true };
    }
}
function plain(tag) {
    return { tag, latest: false };
}
/** What `type=semver`, `pep440` and `match` look at: their own value, else the git tag; undefined elsewhere. */
function subject({ attributes, line }, { ref, expressions }) {
    if (attributes.value)
        return fillIn(attributes.value, expressions, line);
    return ref.startsWith('refs/tags/') ? ref.slice('refs/tags/'.length) : undefined;
}
function release(rule, speaker) {
    const whole = subject(rule, speaker);
    if (whole === undefined)
        return tags_by_rules_NOTHING;
    const { match = '', pattern = '' } = rule.attributes;
    const part = match ? expression(rule, match).exec(whole) : null;
    if (match && !part)
        speaker.notice(`tags: ${match} in "${rule.line}" does not match ${whole}; the whole is taken.`);
    const text = (part?.[1] ?? part?.[0] ?? whole).replaceAll('/', '-');
    const version = rule.type === 'semver' ? semver(text) : tags_by_rules_pep440(text);
    if (!version) {
        speaker.notice(`tags: "${rule.line}" gives no tag: ${text} is no version by ${rule.type === 'semver' ? 'semver.org' : 'PEP 440'}.`);
        return tags_by_rules_NOTHING;
    }
    const { version: read = '' } = version.expressions;
    // A pre-release moves nothing but itself, by its number or by the word of who released it.
    if (!version.final || speaker.context.prerelease)
        return { tag: isRaw(pattern) ? text : read, latest: false, stays: true, version: read };
    const stays = /^v?\{\{\{?\s*(?:raw|version)\s*\}?\}\}$/.test(pattern);
    return { tag: fillIn(pattern, version.expressions, rule.line), latest: true, stays, version: read };
}
/** A version by semver.org, with a `v` before it or not; what follows a `+` is part of `raw` alone. */
function semver(raw) {
    const found = SEMVER.exec(raw.trim());
    if (!found)
        return undefined;
    const [, first = '', second = '', third = '', before] = found;
    const version = `${first}.${second}.${third}${before === undefined ? '' : `-${before}`}`;
    return { final: before === undefined, expressions: { raw, version, major: first, minor: second, patch: third } };
}
function tags_by_rules_pep440(raw) {
    const parts = (0,pep440/* valid */.rZ)(raw) ? (0,pep440/* explain */.WE)(raw) : null;
    if (!parts)
        return undefined;
    return {
        final: !parts.is_prerelease && !parts.is_postrelease && !parts.is_devrelease,
        expressions: {
            raw,
            version: (0,pep440/* clean */.uH)(raw) ?? raw,
            major: String((0,pep440/* major */.eR)(raw)),
            minor: String((0,pep440/* minor */.Ek)(raw)),
            patch: String((0,pep440/* patch */.F6)(raw)),
        },
    };
}
function matched(rule, speaker) {
    const group = number(rule.line, 'group', rule.attributes.group ?? '0');
    const { pattern = '' } = rule.attributes;
    const [, inner, flags] = /^\/(.+)\/(.*)$/.exec(pattern) ?? [];
    const regex = expression(rule, inner ?? pattern, flags?.replace('g', ''));
    const whole = subject(rule, speaker);
    if (whole === undefined)
        return tags_by_rules_NOTHING;
    const found = regex.exec(whole);
    const tag = found?.[group];
    if (tag !== undefined)
        return { tag, latest: !speaker.context.prerelease };
    speaker.notice(`tags: "${rule.line}" gives no tag: ${found ? `the pattern has no group ${group}` : `it does not match ${whole}`}.`);
    return tags_by_rules_NOTHING;
}
function expression({ line }, pattern, flags = '') {
    try {
        return new RegExp(pattern, flags);
    }
    catch (error) {
        throw wrong(line, error.message, 'Write a regular expression as JavaScript has them.');
    }
}
function edge({ attributes, line }, { ref, context }) {
    if (!ref.startsWith('refs/heads/'))
        return tags_by_rules_NOTHING;
    const branch = ref.slice('refs/heads/'.length);
    // A schedule runs on the default branch, and its event does not name it.
    const wanted = attributes.branch || context.defaultBranch || (context.event === 'schedule' ? branch : '');
    if (!wanted)
        throw wrong(line, 'the event does not tell the default branch, which type=edge means', 'Name it: type=edge,branch=main.');
    return wanted === branch ? plain('edge') : tags_by_rules_NOTHING;
}
function ofRef(event, { ref, context }) {
    const [, kind, name = ''] = /^refs\/(heads|tags|pull)\/(.*)$/.exec(ref) ?? [];
    if (event === 'branch' && kind === 'heads')
        return plain(name);
    if (event === 'tag' && kind === 'tags')
        return { tag: name, latest: !context.prerelease, stays: true };
    return event === 'pr' && kind === 'pull' ? plain(name.replace(/\/(?:merge|head)$/, '')) : tags_by_rules_NOTHING;
}
function isEnabled({ attributes, line }, expressions) {
    const enable = fillIn(attributes.enable ?? '', expressions, line);
    if (enable === 'true' || enable === 'false')
        return enable === 'true';
    throw wrong(line, `enable is "${enable}"`, 'It must be true or false.');
}
/** With prefix and suffix; what is typed must be legal, what comes from a name of git gets a legal form. */
function dressed(rule, word, speaker) {
    if (word.tag === '')
        return tags_by_rules_NOTHING;
    const { attributes, line } = rule;
    const prefix = attributes.prefix ?? speaker.flavor.prefix;
    const suffix = attributes.suffix ?? speaker.flavor.suffix;
    const typed = rule.type === 'raw' ? attributes.value : rule.type === 'match' ? '' : attributes.pattern;
    for (const text of [prefix, suffix, typed ?? ''])
        checkLiteral(text, line);
    const fill = (text) => fillIn(text, speaker.expressions, line);
    const whole = `${fill(prefix)}${word.tag}${fill(suffix)}`;
    const kind = kindOf(rule, prefix + suffix);
    if (!kind)
        return { ...word, tag: sanitized(whole) };
    const { tag, notice } = named(kind, whole, speaker);
    if (notice)
        speaker.notice(notice);
    return { ...word, tag };
}
/** @throws UserError where what stands outside the expressions of a template is nothing that a tag can hold */
function checkLiteral(template, line) {
    if (!template.includes('{{')) {
        if (/[^A-Za-z0-9._-]/.test(template))
            checkTag('tags', template);
        return;
    }
    const [illegal] = /[^A-Za-z0-9._-]/.exec(template.replace(/\{\{.*?\}?\}\}/gs, '')) ?? [];
    if (illegal)
        throw wrong(line, `"${illegal}" cannot stand in a tag`, 'Write letters, digits, . _ and - around the expressions.');
}
/** Whose name may be in the tag of a rule; undefined where nobody's is. */
function kindOf({ type, attributes }, around) {
    const used = expressionsIn(`${around}${type === 'raw' ? attributes.value : ''}`);
    if ((type === 'ref' && attributes.event === 'branch') || used.includes('branch') || used.includes('base_ref'))
        return 'branch';
    const ofTag = ['semver', 'pep440', 'match'].includes(type) || (type === 'ref' && attributes.event === 'tag') || used.includes('tag');
    return ofTag ? 'tag' : undefined;
}
/** As docker/metadata-action has it, a `-` for each run of what a tag cannot hold, unless that is another's tag or tells nothing. */
function named(kind, whole, { owned, room }) {
    const tag = sanitized(whole);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
    const lost = /[^\u0000-\u007f]/.test(whole) || /^[.-]/.test(tag) || tag.length > Math.min(room, LONGEST_TAG);
    if (lost || (kind === 'branch' && owned(tag)))
        return tagOfName(kind, lost ? whole : tag, kind === 'branch' ? owned : () => false, room);
    return tag === whole.replaceAll('/', '-') ? { tag } : { tag, notice: `tags: ${whole} is tagged ${tag}: a tag cannot hold the rest.` };
}
function sanitized(tag) {
    return tag.replace(/[^A-Za-z0-9._-]+/g, '-');
}
/** `pull_request_target` runs on the branch that the request is for; its tags are those of the request. */
function effectiveRef({ event, ref, pullRequest }) {
    return event === 'pull_request_target' && pullRequest ? `refs/pull/${pullRequest.number}/merge` : ref;
}

;// CONCATENATED MODULE: ./lib/plan/tags/tags.js










/**
 * Whether the tags of the image depend on which other tags the repository has: `all` of them for a release, whose lines a
 * higher one may claim; for a name, which another tag may own, those at hand.
 */
function needsKnownTags(request, context) {
    if (request.version || !/^refs\/(heads|tags)\//.test(context.ref))
        return 'none';
    const release = releaseOf(context, request.imageName);
    if (release !== undefined)
        return isFinal(release) && !context.prerelease ? 'all' : 'none';
    return context.pullRequest || context.event === 'schedule' ? 'none' : 'at hand';
}
/**
 * The tags of this run: `version` alone where it is given, or those of the rules in `tags`, or by the ref.
 *
 * By the ref a tag `v1.2.3` gives `1.2.3`, `1.2`, `1` and `latest`, each of the moving ones only where no higher
 * release claims it. Pre-, post- and dev-releases (PEP 440, semver.org) give only themselves. A branch gives its
 * name, a pull request `pr-N`, a schedule `nightly`, a run outside GitHub `latest`.
 * @throws UserError for a tag or rule that is not legal, and where inputs are given of which one alone counts
 */
function planTags(request, context) {
    for (const [name, lines] of [
        ['tags', request.rules],
        ['flavor', request.flavor],
    ]) {
        if (request.version && lines.length > 0) {
            throw new errors/* UserError */.yo('inputs', `version and ${name} are both set`, `Set one of them: version is the only tag${name === 'tags' ? ', tags are all' : ''}.`, { input: name });
        }
    }
    const chosen = chosenTags(request, context);
    const withSuffix = ({ tag }) => {
        if (request.rules.length > 0)
            checkTag('tags', tag);
        return checkTag(request.suffix ? 'tag-suffix' : 'tags', `${tag}${request.suffix}`);
    };
    const tags = [...new Set(chosen.tags.map(withSuffix))];
    const fallback = chosen.tags[0] ?? byRef(request, context, NO_FLAVOR).tags[0];
    return {
        tags,
        primary: tags[0] ?? (fallback ? withSuffix(fallback) : 'latest'),
        release: chosen.release,
        moving: [...new Set(chosen.tags.filter(({ moves }) => moves).map(withSuffix))],
        lines: chosen.lines.map((line) => ({ ...line, tag: `${line.tag}${request.suffix}` })),
        notices: chosen.notices,
    };
}
/** A long branch name gives way to the suffix, which keeps the legs apart; what was typed is never cut. */
function roomFor({ suffix }) {
    return Math.max(16, LONGEST_TAG - suffix.length);
}
function chosenTags(request, context) {
    const flavor = readFlavor(request.flavor);
    if (request.rules.length > 0)
        return byRules(request, context, flavor);
    if (!request.version)
        return byRef(request, context, flavor);
    const tag = checkTag('version', request.version);
    const stays = /^v?\d+\.\d+\.\d/.test(tag);
    return { tags: [{ tag, moves: !stays }], release: releaseOf(context, request.imageName), lines: [], notices: [] };
}
function byRules(request, context, flavor) {
    const facts = { ...request, context, flavor, owned: ownedByOthers('branch', request, context), room: roomFor(request) };
    const { tags, notices, version } = tagsByRules(readTagRules(request.rules), facts);
    const release = releaseOf(context, request.imageName) ?? (context.ref.startsWith('refs/tags/') ? version : undefined);
    if (tags.length === 0) {
        const event = context.event ? `${context.event}${context.ref && ` of ${context.ref}`}` : 'a run outside GitHub';
        return {
            tags,
            release,
            lines: [],
            notices: [...notices, `No line of tags gives a tag for ${event}: the image gets none, and nothing is pushed.`],
        };
    }
    const others = finalReleases(request.known ?? [], request.imageName);
    const overtaken = release && isFinal(release)
        ? movingTags(release, others).filter(({ tag, claimedBy }) => claimedBy && tags.some((one) => one.tag === tag))
        : [];
    const warning = overtaken.map(({ tag, claimedBy }) => `The rules of tags give ${tag} to ${release}, although ${claimedBy} is out: they compare no releases (flavor: latest=false, or no tags, does).`);
    return { tags, release, lines: [], notices: [...notices, ...warning] };
}
/** Whether a tag cannot be that of a branch, or of a git tag without a version, because something else owns it. */
function ownedByOthers(kind, request, context) {
    return kind === 'branch' ? ownedByTags(request, context) : ownedBesideTag(request, context);
}
const tags_plain = (name) => name.replaceAll('/', '-');
/** For a branch: by form, and by what each git tag that is known would give. */
function ownedByTags(request, context) {
    const own = tags_plain(context.defaultBranch);
    let given;
    const isGiven = (tag) => {
        given ??= new Set((request.known ?? []).flatMap((name) => tagsOfGitTag(name, request, context)));
        return given.has(tag);
    };
    // `1-fix` is the tag 1 of a leg `fix`, where there is a release 1.x.
    return (tag) => isReserved(tag) || (tag !== own && isGiven(tag)) || /^\d+(?=-)/.exec(tag)?.some(isGiven) === true;
}
function tagsOfGitTag(name, request, context) {
    const at = { ...context, event: 'push', ref: `refs/tags/${name}`, refName: name, pullRequest: undefined, prerelease: false };
    return chosenTags({ ...request, known: [] }, at).tags.map(({ tag }) => tag);
}
/** For a git tag that is no release: by form, and by what releases and other git tags have. */
function ownedBesideTag({ known, imageName }, context) {
    const moving = new Set(finalReleases(known ?? [], imageName).flatMap((release) => movingTags(release, []).map(({ tag }) => tag)));
    const others = new Set((known ?? []).filter((name) => name !== context.refName).map((name) => releaseFromTag(name, imageName) ?? tags_plain(name)));
    return (tag) => isSpecial(tag) ||
        tag === tags_plain(context.defaultBranch) ||
        moving.has(tag) ||
        (known === undefined && /^\d+$/.test(tag)) ||
        (tag !== context.refName && others.has(tag));
}
function byRef(request, context, flavor) {
    const { ref, pullRequest } = context;
    const flavored = flavoring(request, context, flavor);
    const pull = pullRequest?.number ?? /^refs\/pull\/(\d+)\//.exec(ref)?.[1];
    const nothing = { release: undefined, lines: [], notices: [] };
    const one = (tag, dress = true) => ({ ...nothing, tags: flavored.all([{ tag, moves: true }], dress) });
    if (!ref && request.sha && context.sha)
        return { ...nothing, tags: flavored.all([{ tag: `sha-${shortSha({ ...request, context })}`, moves: false }], false) };
    if (!ref)
        return one('latest');
    if (pull !== undefined)
        return one(`pr-${pull}`, false);
    if (context.event === 'schedule')
        return one('nightly');
    const release = releaseOf(context, request.imageName);
    if (release !== undefined)
        return releaseTags(release, request, context, flavored);
    const kind = ref.startsWith('refs/tags/') ? 'tag' : 'branch';
    const { tag, notice } = tagOfName(kind, flavored.whole(context.refName), ownedByOthers(kind, request, context), roomFor(request));
    const rule = kind === 'tag' ? ruleFor(context.refName) : undefined;
    const notices = [
        ...(notice ? [notice] : []),
        ...(rule ? [`The tag ${context.refName} is taken as a name, not as a release. To read its version, set tags: ${rule}`] : []),
    ];
    return { ...nothing, tags: flavored.all([{ tag, moves: kind === 'branch' }], false), notices };
}
function flavoring(request, context, flavor) {
    const expressions = globals({ ...request, context }, context.ref);
    const fill = (text) => fillIn(text, expressions, 'flavor');
    const whole = (name) => `${fill(flavor.prefix)}${name}${fill(flavor.suffix)}`;
    const latest = latestOf(flavor, expressions);
    return {
        whole,
        lines: (lines) => lines
            .filter(({ tag }) => tag !== 'latest' || flavor.latest === 'auto')
            .map(({ tag: line, claimedBy }) => ({ tag: line === 'latest' ? latest : whole(line), line, claimedBy })),
        all(tags, dress = true) {
            const others = tags.filter(({ tag }) => tag !== 'latest');
            // Outside GitHub there is no other tag.
            const wanted = flavor.latest === 'auto' ? others.length < tags.length : flavor.latest === 'true' || others.length === 0;
            const made = others.map(({ tag, moves }) => ({ tag: dress ? whole(tag) : tag, moves }));
            return wanted ? [...made, { tag: latest, moves: true }] : made;
        },
    };
}
function releaseTags(release, request, context, flavored) {
    const { tag, notice } = tagOfRelease(release, request);
    const exact = { tag, moves: false };
    const told = notice ? [notice] : [];
    const only = (...more) => ({ tags: flavored.all([exact]), release, lines: [], notices: [...told, ...more] });
    if (!isFinal(release))
        return only();
    if (context.prerelease)
        return only(`Only ${release} is tagged: the release is marked as a pre-release.`);
    if (request.known === undefined) {
        return only(`Only ${release} is tagged: the repository's other tags could not be listed, so whether ${release} is the newest is not known. ` +
            'Let actions/checkout fetch them (fetch-depth: 0) with its credentials, or pass github-token.');
    }
    const lines = movingTags(release, finalReleases(request.known, request.imageName));
    const due = lines.filter(({ claimedBy }) => claimedBy === undefined).map(({ tag: line }) => ({ tag: line, moves: true }));
    return { tags: flavored.all([exact, ...due]), release, lines: flavored.lines(lines), notices: told };
}
/** The version; the `+` of a local one becomes `-`, or `_` where that would be another release. */
function tagOfRelease(release, { known, imageName }) {
    if (!release.includes('+'))
        return { tag: release };
    const dash = release.replaceAll('+', '-');
    const other = (0,pep440/* valid */.rZ)(dash) !== null || (known ?? []).some((name) => releaseFromTag(name, imageName) === dash);
    const tag = other ? release.replaceAll('+', '_') : dash;
    return { tag, notice: `The release ${release} is tagged ${tag}: a tag cannot hold a +.` };
}
function releaseOf(context, imageName) {
    return context.ref.startsWith('refs/tags/') ? releaseFromTag(context.refName, imageName) : undefined;
}
/** The higher releases that meanwhile have tags of these lines, by the tag. @param known names of all git tags, or of the image's */
function claimsOn({ release, lines }, known, imageName) {
    if (release === undefined)
        return new Map();
    const now = movingTags(release, finalReleases(known, imageName));
    const claims = lines.map(({ tag, line }) => [tag, now.find((one) => one.tag === line)?.claimedBy]);
    return new Map(claims.filter((claim) => claim[1] !== undefined));
}

;// CONCATENATED MODULE: ./lib/project/glob.js
/**
 * Whether parts fit a pattern of parts, of which `any` stands for as many as one likes: each is looked at once for each
 * place, whatever the pattern, where a regular expression would try all divisions.
 * @param fits whether a part fits a place
 */
function fitsAll(pattern, any, places, fits) {
    let [at, place] = [0, 0];
    let [star, from] = [-1, 0];
    while (place < places.length) {
        const part = pattern[at];
        if (at < pattern.length && any(part)) {
            star = at++;
            from = place;
        }
        else if (at < pattern.length && fits(part, places[place])) {
            at++;
            place++;
        }
        else if (star >= 0) {
            at = star + 1;
            place = ++from;
        }
        else
            return false;
    }
    while (at < pattern.length && any(pattern[at]))
        at++;
    return at === pattern.length;
}
/** Whether a glob of `*`, `?` and `[…]` fits a whole text. */
function fitsGlob(glob, text) {
    // Behind the last one that is closed, a bracket is a character.
    const end = glob.lastIndexOf(']') + 1;
    const parts = [...(glob.slice(0, end).match(/\[[!^]?[^\]]+\]|[\s\S]/g) ?? []), ...glob.slice(end)];
    return fitsAll(parts, (part) => part === '*', [...text], fitsCharacter);
}
function fitsCharacter(part, character) {
    if (part === '?' || part === character)
        return true;
    if (part.length < 3)
        return false;
    const inside = part.slice(1, -1);
    const not = inside.startsWith('!') || inside.startsWith('^');
    const among = not ? inside.slice(1) : inside;
    for (let i = 0; i < among.length; i++) {
        const [low, dash, high] = [among.charAt(i), among.charAt(i + 1), among.charAt(i + 2)];
        const isRange = dash === '-' && high !== '';
        if (isRange ? low <= character && character <= high : low === character)
            return !not;
        if (isRange)
            i += 2;
    }
    return not;
}

// EXTERNAL MODULE: external "node:vm"
var external_node_vm_ = __webpack_require__(714);
;// CONCATENATED MODULE: ./lib/plan/version/version-schemes.js

/**
 * The version that a tool makes with its own default scheme, for tools that take nothing but the whole
 * version from outside.
 * @returns undefined where the project sets another scheme, which is code or a template of the tool
 */
function serialize(tool, settings, facts) {
    const only = (...known) => Object.keys(settings).every((key) => known.includes(key));
    switch (tool) {
        case 'pdm-backend':
            return only('source', 'tag_regex', 'tag_filter', 'write_to', 'write_template', 'fallback_version')
                ? pdmVersion(facts, settings.tag_regex)
                : undefined;
        case 'poetry-dynamic-versioning':
            return only('enable', 'vcs', 'substitution', 'files') ? dunamaiVersion(facts) : undefined;
        case 'uv-dynamic-versioning':
            return only('vcs', 'bump', 'fallback-version') && (settings.vcs ?? 'git') === 'git' && typeof (settings.bump ?? false) === 'boolean'
                ? dunamaiVersion(facts, settings.bump === true)
                : undefined;
        case 'versioningit':
            return only('default-version', 'write', 'onbuild') ? versioningitVersion(facts, settings) : undefined;
        case 'versioneer':
            return only('vcs', 'style', 'versionfile_source', 'versionfile_build', 'tag_prefix', 'parentdir_prefix') &&
                /^(pep440)?$/i.test(String(settings.style ?? settings.STYLE ?? ''))
                ? versioneerVersion(facts, String(settings.tag_prefix ?? ''))
                : undefined;
        case 'pbr':
            return facts.distance === 0 || only() ? pbrVersion(facts) : undefined;
        default:
            return undefined;
    }
}
/** pdm-backend 2.5, `default_version_formatter`; its date is today's, ours the commit's, so that a commit has one version. */
function pdmVersion(facts, tagRegex) {
    const pattern = typeof tagRegex === 'string' ? jsPattern(tagRegex) : /^(?:[\w-]+-)?(?<version>[vV]?\d+(?:\.\d+){0,2}[^+]*)(?:\+.*)?$/;
    if (!pattern)
        return undefined;
    const found = boundedExec(pattern, facts.tag ?? '0.0');
    const base = (found?.groups?.version ?? found?.[1] ?? '0.0.0').replace(/^[vV]/, '');
    const day = `d${stamp(facts.epoch)}`;
    const dirty = facts.dirty.length > 0;
    if (facts.distance === 0)
        return dirty ? `${base}+${day}` : base;
    const next = base
        .replace(/\+.*$/, '')
        .replace(/\.dev0$|(\d+)$/, (_all, last) => (last === undefined ? '' : String(Number(last) + 1)));
    return `${next}.dev${facts.distance}+g${facts.node}${dirty ? `.${day}` : ''}`;
}
/** Python's named groups; what JavaScript does not read is left to the notice. */
function jsPattern(python) {
    try {
        return new RegExp(python.startsWith('^') ? python.replaceAll('(?P<', '(?<') : `^(?:${python.replaceAll('(?P<', '(?<')})`);
    }
    catch {
        return undefined;
    }
}
/** The project's own pattern may take for ever: then it is one that fits nothing. */
function boundedExec(pattern, text) {
    try {
        return (0,external_node_vm_.runInNewContext)('pattern.exec(text)', { pattern, text }, { timeout: 500 });
    }
    catch {
        return null;
    }
}
/** dunamai 1.26, `serialize()` in the style of PEP 440: changed files are not told. @param bump as its smart one: the next version is meant */
function dunamaiVersion({ tag, distance, node }, bump = false) {
    const since = (version) => bump
        ? `${version.replace(/\d+$/, (last) => String(Number(last) + 1))}.dev${distance}+${node}`
        : `${version}.post${distance}.dev0+${node}`;
    if (tag === undefined)
        return since('0.0.0');
    const [, base, stage = '', revision = ''] = /^v(\d+(?:\.\d+)*)(?:[-._]?(a|b|rc|alpha|beta)[-._]?(\d+))?$/.exec(tag) ?? [];
    if (base === undefined)
        return undefined;
    const release = `${base}${{ alpha: 'a', beta: 'b' }[stage] ?? stage}${revision}`;
    return distance === 0 ? release : since(release);
}
/** versioningit 3, the default formats. */
function versioningitVersion({ tag, distance, node, dirty, epoch }, settings) {
    if (tag === undefined)
        return typeof settings['default-version'] === 'string' ? settings['default-version'] : undefined;
    const base = tag.replace(/^v/i, '');
    const day = dirty.length > 0 ? `d${stamp(epoch)}` : '';
    if (distance === 0)
        return day ? `${base}+${day}` : base;
    return `${base}.post${distance}+g${node}${day ? `.${day}` : ''}`;
}
/** pbr 7: the next patch release, as far as no commit asks for more by a `Sem-Ver:` line, which is not read here. */
function pbrVersion({ tag, distance }) {
    if (tag === undefined)
        return `0.0.1.dev${distance - 1}`;
    if (distance === 0)
        return tag.replace(/^v/, '');
    const [, major, minor, patch = '0'] = /^v?(\d+)\.(\d+)(?:\.(\d+))?$/.exec(tag) ?? [];
    return major === undefined ? undefined : `${major}.${minor}.${Number(patch) + 1}.dev${distance}`;
}
/** versioneer 0.29, `render_pep440`. */
function versioneerVersion({ tag, distance, node, dirty }, prefix) {
    const changed = dirty.length > 0 ? '.dirty' : '';
    if (tag === undefined)
        return `0+untagged.${distance}.g${node}${changed}`;
    const base = tag.slice(prefix.length);
    if (distance === 0 && !changed)
        return base;
    return `${base}${base.includes('+') ? '.' : '+'}${distance}.g${node}${changed}`;
}
/** `20260131`, of UTC. */
function stamp(epoch) {
    return new Date(epoch * 1000).toISOString().slice(0, 10).replaceAll('-', '');
}

;// CONCATENATED MODULE: ./lib/plan/version/git-version.js



const NOTHING_TOLD = { files: {}, env: {} };
/** setuptools_scm and what is built on it read this file of an archive; a repository may hold a template of it. */
const ARCHIVAL = '.git_archival.txt';
/**
 * What git says of the checkout, in the words of the project's own tool, so that its scheme stays in force
 * although there is neither git nor a repository where the wheel is built.
 * @param texts files that were read, by their path
 */
function tellVersion(source, git, run, texts) {
    const facts = gitFacts(git, source.describe, run);
    const notices = [...shallowNotice(git, facts), ...dirtyNotice(facts)];
    if (source.tool === 'setuptools-scm' || source.tool === 'setuptools-git-versioning') {
        const archival = texts.get(ARCHIVAL);
        if (archival !== undefined && !archival.includes('$Format:'))
            return { ...NOTHING_TOLD, notices: [] };
        const scm = source.tool === 'setuptools-scm';
        const env = scm ? { SETUPTOOLS_SCM_PRETEND_METADATA: metadata(source, facts) } : {};
        return { files: { [ARCHIVAL]: archivalText(facts, withoutTag(source, facts), !scm) }, env, notices };
    }
    const version = serialize(source.tool, source.settings, facts);
    if (version === undefined) {
        return {
            ...NOTHING_TOLD,
            notices: [`The version is made by settings of ${source.tool} that need git where the wheel is built, and there is none.`],
        };
    }
    if (source.tool === 'pbr' && facts.distance > 0) {
        notices.push(`The version is ${version} where no commit since the tag asks for more: Sem-Ver lines of commit messages are not read.`);
    }
    return { ...tellExactly(source, version, git, texts), notices };
}
/** Tells the tool a version, whatever git says. */
function tellExactly(source, version, git, texts) {
    switch (source.tool) {
        case 'setuptools-scm':
            // Not `…_FOR_<NAME>`: hatch-vcs does not say the name. Nothing else is built in that step.
            return { files: {}, env: { SETUPTOOLS_SCM_PRETEND_VERSION: version } };
        case 'pdm-backend':
            return { files: {}, env: { PDM_BUILD_SCM_VERSION: version } };
        case 'poetry-dynamic-versioning':
            return { files: {}, env: { POETRY_DYNAMIC_VERSIONING_BYPASS: version } };
        case 'uv-dynamic-versioning':
            return { files: {}, env: { UV_DYNAMIC_VERSIONING_BYPASS: version } };
        case 'pbr':
            return { files: {}, env: { PBR_VERSION: version } };
        case 'versioningit':
        case 'setuptools-git-versioning':
            return { files: { 'PKG-INFO': `Metadata-Version: 2.1\nName: ${source.tool}\nVersion: ${version}\n` }, env: {} };
        case 'versioneer': {
            const file = versionFile(source);
            return file && texts.has(file) ? { files: { [file]: versioneerFile(version, git) }, env: {} } : NOTHING_TOLD;
        }
    }
}
/** The file that versioneer keeps its version in, '' where its settings do not say. */
function versionFile(source) {
    const file = source.settings.versionfile_source;
    return source.tool === 'versioneer' && typeof file === 'string' ? file : '';
}
function gitFacts(git, options, run) {
    // A clone of depth 1 may not know the tag that it was made for; and of two tags on a commit the event's is meant.
    const known = git.tag === 'here' || (git.tag === 'absent' && (run.sha === '' || run.sha === git.revision));
    const own = run.tag !== '' && known && fits(run.tag, options);
    const node = git.nearest?.node ?? git.revision.slice(0, 7);
    return {
        revision: git.revision,
        node,
        tag: own ? run.tag : git.nearest?.tag,
        distance: own ? 0 : (git.nearest?.distance ?? git.count),
        dirty: git.changed,
        branch: git.branch,
        epoch: run.epoch,
    };
}
function fits(tag, { match, exclude }) {
    return (match.length === 0 || match.some((glob) => matches(tag, glob))) && !exclude.some((glob) => matches(tag, glob));
}
/** As git does (wildmatch without path names): `*`, `?` and `[…]`. */
function matches(tag, glob) {
    return fitsGlob(glob, tag);
}
/** @see https://setuptools-scm.readthedocs.io/en/latest/usage/#git-archives */
function archivalText(facts, untagged, sayDirty) {
    const dirty = sayDirty && facts.dirty.length > 0 ? '-dirty' : '';
    return [
        `node: ${facts.revision}`,
        `node-date: ${new Date(facts.epoch * 1000).toISOString().slice(0, 19)}+00:00`,
        `describe-name: ${facts.tag === undefined ? untagged : `${facts.tag}-${facts.distance}`}-g${facts.node}${dirty}`,
        '',
    ].join('\n');
}
/** The tag and the distance that each tool takes for a repository without a tag. */
function withoutTag({ tool, settings }, { distance }) {
    const text = (key, otherwise) => (typeof settings[key] === 'string' ? settings[key] : otherwise);
    return tool === 'setuptools-scm' ? `${text('fallback_version', '0.0')}-${distance}` : `${text('starting_version', '0.0.1')}-0`;
}
/**
 * What an archive cannot say: changed files, the whole name of the commit (each release shortens it in its own
 * way), its day. Since setuptools_scm 9; earlier ones do not read it and give a dirty tree the commit's version.
 * @see https://setuptools-scm.readthedocs.io/en/latest/overrides/
 */
function metadata(source, facts) {
    const branch = JSON.stringify(source.settings.version_scheme ?? '').includes('branch'); // else a branch would be a reason to build again
    const fields = [
        ...(facts.dirty.length > 0 ? ['dirty=true'] : []),
        `node="g${facts.revision}"`,
        ...(branch ? [`branch=${JSON.stringify(facts.branch)}`] : []),
        `node_date=${new Date(facts.epoch * 1000).toISOString().slice(0, 10)}`,
    ];
    return `{${fields.join(', ')}}`;
}
/** What `setup.py sdist` of a versioneer project writes. */
function versioneerFile(version, git) {
    const json = JSON.stringify({ date: null, dirty: false, error: null, 'full-revisionid': git?.revision ?? null, version }, null, 1);
    return `import json

version_json = '''
${json}
'''  # END VERSION_JSON


def get_versions():
    return json.loads(version_json)
`;
}
function shallowNotice(git, facts) {
    if (!git.shallow || facts.tag !== undefined)
        return [];
    return [
        "The version comes from git, and this shallow clone knows no tag: the wheel's version is made of the commit alone. " +
            'Let actions/checkout fetch the history (fetch-depth: 0).',
    ];
}
function dirtyNotice({ dirty }) {
    if (dirty.length === 0)
        return [];
    return [
        `The version comes from git, and ${(0,words/* listed */.KE)(dirty, 1)} changed since the commit: the project's tool decides how the wheel's version says so.`,
    ];
}

;// CONCATENATED MODULE: ./lib/project/ini.js
/** `section.key` to value, continuation lines joined; enough of configparser's format for names and versions. */
function readIni(text) {
    const values = new Map();
    let section = '';
    let parts;
    for (const line of text.split(/\r?\n/)) {
        const head = /^\[(.+)\]\s*$/.exec(line);
        const sign = line.search(/[=:]/);
        if (head)
            section = head[1] ?? '';
        else if (sign > 0 && !/^[\s#;]/.test(line)) {
            const key = line.slice(0, sign).trimEnd().toLowerCase().replace(/-/g, '_');
            parts = [line.slice(sign + 1).trim()];
            values.set(`${section}.${key}`, parts);
        }
        else if (/^\s/.test(line) && line.trim() !== '')
            parts?.push(line.trim());
    }
    return new Map([...values].map(([key, lines]) => [key, lines.join(' ').trim()]));
}

// EXTERNAL MODULE: ./lib/project/toml.js
var project_toml = __webpack_require__(1565);
;// CONCATENATED MODULE: ./lib/project/layout/version-source.js


/** setuptools_scm's own: any tag with a digit. */
const ANY_DIGIT = { match: ['*[0-9]*'], exclude: [], firstParent: false, annotated: false };
/**
 * Reads where the version of the wheel comes from; nothing is executed.
 * @param pyproject pyproject.toml, an empty table where there is none
 * @param setupCfg the text of setup.cfg, '' where there is none
 * @param setupPy the text of setup.py, '' where there is none
 * @see PEP 621 (`dynamic`), and the manual of each tool
 */
function readVersionSource(pyproject, setupCfg, setupPy) {
    const project = (0,project_toml/* tableAt */.af)(pyproject, 'project');
    const tool = (0,project_toml/* tableAt */.af)(pyproject, 'tool');
    const build = (0,project_toml/* tableAt */.af)(pyproject, 'build-system');
    const requires = new Set(((0,project_toml/* textsAt */.i1)(build, 'requires') ?? []).map(packageOf));
    const cfg = readIni(setupCfg);
    if ((0,project_toml/* textAt */.$6)(project, 'version') !== undefined)
        return { kind: 'toml', table: ['project'] };
    const scm = scmSettings(tool);
    if ((0,project_toml/* tableAt */.af)(tool, 'hatch', 'version').source === 'vcs')
        return gitSource('setuptools-scm', scm);
    const dynamic = (0,project_toml/* tableAt */.af)(tool, 'uv-dynamic-versioning');
    if ((0,project_toml/* tableAt */.af)(tool, 'hatch', 'version').source === 'uv-dynamic-versioning' && !('from-file' in dynamic)) {
        return { kind: 'git', tool: 'uv-dynamic-versioning', describe: { ...ANY_DIGIT, match: ['v[0-9]*'] }, settings: dynamic };
    }
    const pdm = (0,project_toml/* tableAt */.af)(tool, 'pdm', 'version');
    if (pdm.source === 'scm') {
        const match = (0,project_toml/* textAt */.$6)(pdm, 'tag_filter') ?? '*.*'; // pdm-backend's own default
        return { kind: 'git', tool: 'pdm-backend', describe: { ...ANY_DIGIT, match: [match] }, settings: pdm };
    }
    if ((0,project_toml/* tableAt */.af)(tool, 'poetry-dynamic-versioning').enable === true) {
        return {
            kind: 'git',
            tool: 'poetry-dynamic-versioning',
            describe: { ...ANY_DIGIT, match: ['v[0-9]*'] },
            settings: (0,project_toml/* tableAt */.af)(tool, 'poetry-dynamic-versioning'),
        };
    }
    if ((0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(tool, 'poetry'), 'version') !== undefined)
        return { kind: 'toml', table: ['tool', 'poetry'] };
    // Read before a version that stands in setup.cfg or setup.py: these tools overwrite it.
    if (/\buse_scm_version\b/.test(setupPy) || 'setuptools_scm' in tool || 'vcs-versioning' in tool)
        return gitSource('setuptools-scm', scm);
    if (/\bpbr\s*=\s*True\b/.test(setupPy) || (0,project_toml/* textAt */.$6)(build, 'build-backend') === 'pbr.build') {
        return {
            kind: 'git',
            tool: 'pbr',
            describe: ANY_DIGIT,
            settings: cfg.get('metadata.version') ? { version: cfg.get('metadata.version') } : {},
        };
    }
    const gitVersioning = (0,project_toml/* tableAt */.af)(tool, 'setuptools-git-versioning');
    if (gitVersioning.enabled === true || /\bsetuptools_git_versioning\s*=/.test(setupPy)) {
        return { kind: 'git', tool: 'setuptools-git-versioning', describe: { ...ANY_DIGIT, match: ['*'] }, settings: gitVersioning };
    }
    if ('versioningit' in tool) {
        const settings = (0,project_toml/* tableAt */.af)(tool, 'versioningit');
        return { kind: 'git', tool: 'versioningit', describe: { ...ANY_DIGIT, match: ['*'] }, settings };
    }
    const versioneer = versioneerSettings(tool, cfg, setupPy);
    if (versioneer) {
        const match = [`${(0,project_toml/* textAt */.$6)(versioneer, 'tag_prefix') ?? ''}[0-9]*`];
        return { kind: 'git', tool: 'versioneer', describe: { ...ANY_DIGIT, match }, settings: versioneer };
    }
    const written = writtenVersion(pyproject, cfg, setupPy);
    if (written)
        return written;
    // Nothing says a version, and the tool is there to find one.
    if (requires.has('setuptools-scm') || requires.has('flit-scm'))
        return gitSource('setuptools-scm', scm);
    return { kind: 'other', from: (0,project_toml/* textAt */.$6)(build, 'build-backend') ?? 'setup.py' };
}
/** Tables of setuptools_scm, whoever calls it, later ones over earlier ones. */
function scmSettings(tool) {
    const hatch = (0,project_toml/* tableAt */.af)(tool, 'hatch', 'version');
    const fallback = (0,project_toml/* textAt */.$6)(hatch, 'fallback-version');
    return {
        ...(0,project_toml/* tableAt */.af)(tool, 'vcs-versioning'),
        ...(0,project_toml/* tableAt */.af)(tool, 'setuptools_scm'),
        ...(0,project_toml/* tableAt */.af)(hatch, 'raw-options'),
        ...(fallback ? { fallback_version: fallback } : {}),
    };
}
function gitSource(tool, settings) {
    return { kind: 'git', tool, describe: describeOptions(settings), settings };
}
/**
 * The tags that setuptools_scm is set to look at: the options of its `git_describe_command` that choose
 * tags, or its tag prefix. Other options decide nothing here: the answer is always asked for in the long form.
 * @see https://setuptools-scm.readthedocs.io/en/latest/config/
 */
function describeOptions(settings) {
    const scm = (0,project_toml/* tableAt */.af)(settings, 'scm', 'git');
    const key = ['git_describe_command', 'describe_command'].find((name) => name in settings || name in scm);
    const value = key === undefined ? undefined : (settings[key] ?? scm[key]);
    const words = typeof value === 'string' ? shellWords(value) : key === undefined ? undefined : (0,project_toml/* textsAt */.i1)({ value }, 'value');
    if (words === undefined) {
        const tag = (0,project_toml/* tableAt */.af)(settings, 'tag');
        const glob = tag.strict === true ? '*[0-9]*.*[0-9]*' : '*[0-9]*';
        return { ...ANY_DIGIT, match: [`${(0,project_toml/* textAt */.$6)(tag, 'prefix') ?? ''}${glob}`] };
    }
    const values = (option) => words.flatMap((word, i) => {
        if (word.startsWith(`${option}=`))
            return [word.slice(option.length + 1)];
        return word === option ? [words[i + 1] ?? ''] : [];
    });
    return {
        match: values('--match'),
        exclude: values('--exclude'),
        firstParent: words.includes('--first-parent'),
        annotated: !words.includes('--tags') && !words.includes('--all'),
    };
}
function shellWords(text) {
    return [...text.matchAll(/"([^"]*)"|'([^']*)'|((?:[^\s"']|"[^"]*"|'[^']*')+)/g)].map(([, double, single, bare]) => double ?? single ?? (bare ?? '').replace(/["']/g, ''));
}
/** @see https://github.com/python-versioneer/python-versioneer/blob/master/INSTALL.md */
function versioneerSettings(tool, cfg, setupPy) {
    if ('versioneer' in tool)
        return (0,project_toml/* tableAt */.af)(tool, 'versioneer');
    if (!/\bversioneer\.get_version\(/.test(setupPy))
        return undefined;
    const keys = [...cfg].filter(([key]) => key.startsWith('versioneer.'));
    return Object.fromEntries(keys.map(([key, value]) => [key.slice('versioneer.'.length), value.replace(/^['"]|['"]$/g, '')]));
}
/** A version that stands literally in a file, by the conventions of setuptools, hatch, pdm and flit. */
function writtenVersion(pyproject, cfg, setupPy) {
    const tool = (0,project_toml/* tableAt */.af)(pyproject, 'tool');
    const dynamic = (0,project_toml/* tableAt */.af)(tool, 'setuptools', 'dynamic', 'version');
    const attr = (0,project_toml/* textAt */.$6)(dynamic, 'attr') ?? /^attr:\s*(\S+)$/.exec(cfg.get('metadata.version') ?? '')?.[1];
    if (attr)
        return moduleVersion(attr.split('.').slice(0, -1), [attr.split('.').at(-1) ?? '']);
    const file = (0,project_toml/* textAt */.$6)(dynamic, 'file') ?? (0,project_toml/* textsAt */.i1)(dynamic, 'file')?.[0] ?? /^file:\s*(\S+)$/.exec(cfg.get('metadata.version') ?? '')?.[1];
    if (file)
        return { kind: 'file', files: [file] };
    const hatch = (0,project_toml/* tableAt */.af)(tool, 'hatch', 'version');
    const pdm = (0,project_toml/* tableAt */.af)(tool, 'pdm', 'version');
    const path = (0,project_toml/* textAt */.$6)(hatch, 'path') ?? (0,project_toml/* textAt */.$6)(pdm, 'path');
    const pattern = (0,project_toml/* textAt */.$6)(hatch, 'pattern') ?? (0,project_toml/* textAt */.$6)(pdm, 'pattern');
    const source = (0,project_toml/* textAt */.$6)(hatch, 'source') ?? (0,project_toml/* textAt */.$6)(pdm, 'source');
    if (path && !pattern && (source === undefined || source === 'regex' || source === 'file')) {
        return { kind: 'module', files: [path], names: ['__version__', 'VERSION'] };
    }
    const backend = (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(pyproject, 'build-system'), 'build-backend') ?? '';
    if (/^flit(_core)?\.build(api)?$/.test(backend)) {
        const name = (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(tool, 'flit', 'module'), 'name') ?? (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(pyproject, 'project'), 'name') ?? '';
        return moduleVersion(name.replace(/-/g, '_').split('.'), ['__version__']);
    }
    const literal = cfg.get('metadata.version');
    if (literal && !/^(attr|file):/.test(literal))
        return { kind: 'cfg' };
    return SETUP_VERSION.test(setupPy) ? { kind: 'setup.py' } : undefined;
}
/** `version="1.2.3"` on a line of its own or in the call of setup(). */
const SETUP_VERSION = /(^[ \t]*(?:[\w.]*\bsetup\([^#\n]*?)?\bversion\s*=\s*)(['"])([^'"\n]+)\2(?=\s*[,)])/m;
function moduleVersion(module, names) {
    const path = module.join('/');
    return { kind: 'module', files: ['', 'src/'].flatMap((top) => [`${top}${path}/__init__.py`, `${top}${path}.py`]), names };
}
function packageOf(requirement) {
    return (/^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1] ?? '').replace(/[-_.]+/g, '-').toLowerCase();
}

;// CONCATENATED MODULE: ./lib/plan/version/project-version.js





/** Paths of the files whose text decides how a version is told or set. */
function versionFiles(source) {
    switch (source.kind) {
        case 'git':
            return ['.git_archival.txt', versionFile(source)].filter(Boolean);
        case 'toml':
            return ['pyproject.toml'];
        case 'cfg':
            return ['setup.cfg'];
        case 'setup.py':
            return ['setup.py'];
        case 'module':
        case 'file':
            return source.files;
        case 'other':
            return [];
    }
}
/**
 * How the build of the project's wheel is told its version.
 * @param set the version that the wheel must get (`set-version`); undefined: the one that the project gives it
 * @throws UserError where a version must be set and the project does not let it
 */
function planOwnVersion(versioning, run, set) {
    const { source, git, texts } = versioning;
    if (set !== undefined)
        return { ...setVersion(versioning, set), notices: [] };
    return source.kind === 'git' && git ? tellVersion(source, git, run, texts) : { ...NOTHING_TOLD, notices: [] };
}
/**
 * @param release the version that the tag names
 * @returns what to warn of where the wheel has another one
 */
function versionWarning(release, wheel) {
    // A pre-release by semver.org alone is no version that a wheel could have.
    if (!(0,pep440/* valid */.rZ)(release) || ((0,pep440/* valid */.rZ)(wheel) && (0,pep440.eq)(release, wheel)))
        return undefined;
    return `The tag says ${release} and the wheel ${wheel}. Set the version in the project before tagging, or let set-version: true give the wheel the tag's.`;
}
/** Only where the version is a plain literal, and only in the copy that is built. */
function setVersion({ source, git, texts }, given) {
    if (!(0,pep440/* valid */.rZ)(given))
        throw refusal(`${given} is not a version of Python (PEP 440)`);
    if (source.kind === 'git') {
        const told = tellExactly(source, given, git, texts);
        if (told !== NOTHING_TOLD)
            return told;
        throw refusal(`the settings of ${source.tool} name no file of the project in versionfile_source`);
    }
    if (source.kind === 'other') {
        // Hatchling takes what is dynamic from the PKG-INFO of an sdist.
        if (source.from === 'hatchling.build')
            return tellExactly({ ...source, kind: 'git', ...PKG_INFO }, given, git, texts);
        throw refusal(`the version is computed by ${source.from}`);
    }
    const candidates = versionFiles(source).filter((file) => texts.has(file));
    for (const file of candidates) {
        const text = texts.get(file) ?? '';
        const written = rewrite(source, text, given);
        if (written !== undefined)
            return { files: { [file]: written }, env: {} };
    }
    throw refusal(`${candidates[0] ?? versionFiles(source)[0] ?? 'the project'} does not hold the version as a plain literal`);
}
const PKG_INFO = { tool: 'versioningit', settings: {}, describe: { match: [], exclude: [], firstParent: false, annotated: false } };
function rewrite(source, text, version) {
    switch (source.kind) {
        case 'toml':
            return rewriteToml(source.table, text, version);
        case 'cfg':
            return replaceIn(section(text, 'metadata'), text, /^(version[ \t]*[=:][ \t]*)[^\s:]+[ \t]*(?=\r?$)/im, `$1${version}`);
        case 'setup.py': {
            const call = Math.max(0, text.search(/^[ \t]*(?:[\w.]*\.)?setup\(/m));
            return replaceIn([call, text.length], text, SETUP_VERSION, `$1$2${version}$2`);
        }
        case 'module': {
            const names = source.names.join('|');
            const literal = new RegExp(`^((?:${names})(?:[ \\t]*:[ \\t]*[\\w.]+)?[ \\t]*=[ \\t]*)(['"])[^'"\\n]*\\2`, 'm');
            return replaceIn([0, text.length], text, literal, `$1$2${version}$2`);
        }
        case 'file':
            return /^\s*[\w.!+-]+\s*$/.test(text) ? `${version}\n` : undefined;
    }
}
/** One line of one table; that nothing else changed is checked by reading the result. */
function rewriteToml(table, text, version) {
    const written = replaceIn(section(text, table.join('.')), text, /^([ \t]*version[ \t]*=[ \t]*)(?:"[^"\\\n]*"|'[^'\n]*')/m, `$1"${version}"`);
    if (written === undefined)
        return undefined;
    const [before, after] = [text, written].map((toml) => {
        const read = structuredClone((0,project_toml/* readToml */.D7)('pyproject.toml', toml));
        const { version: found, ...rest } = (0,project_toml/* tableAt */.af)(read, ...table);
        return { found, rest: JSON.stringify(rest), all: JSON.stringify(read).replace(JSON.stringify(found), '""') };
    });
    const same = before?.rest === after?.rest && before?.all === after?.all;
    return same && after?.found === version ? written : undefined;
}
/** From and to of a section's lines: after its `[head]`, up to the next one. */
function section(text, name) {
    const head = new RegExp(`^[ \\t]*\\[[ \\t]*${name.replaceAll('.', '[ \\t]*\\.[ \\t]*')}[ \\t]*\\][^\\n]*\\n`, 'm').exec(text);
    if (!head)
        return undefined;
    const start = head.index + head[0].length;
    const next = text.slice(start).search(/^[ \t]*\[/m);
    return [start, next < 0 ? text.length : start + next];
}
function replaceIn(range, text, what, by) {
    if (!range)
        return undefined;
    const part = text.slice(...range);
    return what.test(part) ? text.slice(0, range[0]) + part.replace(what, by) + text.slice(range[1]) : undefined;
}
function refusal(why) {
    return new errors/* UserError */.yo('project', `set-version cannot set the wheel's version: ${why}`, 'Set it in the project, or leave set-version out.');
}

;// CONCATENATED MODULE: ./lib/project/python-version.js

/** Other implementations, and builds of CPython without its global lock, which `python` images do not have. */
const OTHERS = /^(pypy|graalpy|graalpython|jython|stackless|micropython|miniconda|anaconda|miniforge|mambaforge|pyston|nogil)|\+freethreaded|^3\.\d+(\.\d+)?t/i;
/**
 * Reads the Python that files name, in their order: the first that names one counts.
 * @param texts by path, nearest first
 * @see https://github.com/pyenv/pyenv#understanding-python-version-selection
 * @see https://docs.astral.sh/uv/concepts/python-versions/#requesting-a-version
 */
function readPythonFiles(texts) {
    const unread = [];
    for (const [file, text] of texts) {
        const requests = requestsOf(file, text);
        for (const request of requests) {
            const found = OTHERS.test(request) ? undefined : readRequest(request);
            if (found)
                return { named: { ...found, from: file }, unread };
        }
        const [first] = requests;
        if (first === undefined || first === 'system')
            continue;
        unread.push(`"${first.slice(0, 60)}" in ${file} is not read: it names no CPython by its version. The input python-version does.`);
    }
    return { named: undefined, unread };
}
/** What a file asks for, best first. */
function requestsOf(file, text) {
    const lines = text
        .replace(/^\uFEFF/, '')
        .split(/\r\n|\r|\n/)
        .map((line) => (line.split('#')[0] ?? '').trim())
        .filter(Boolean);
    const name = file.split('/').at(-1);
    if (name === '.python-version')
        return lines.flatMap((line) => (/[<>=!~]/.test(line) ? [line] : line.split(/[\s:]+/)));
    if (name === 'runtime.txt')
        return lines.filter((line) => /^(python|pypy|\d)/i.test(line)).slice(0, 1);
    return lines.flatMap((line) => /^python\s+([\s\S]*)$/.exec(line)?.[1]?.split(/\s+/) ?? []);
}
/** `3.12`, `3.12.4`, `3.12-dev`, `cpython@3.12`, `cpython-3.12.4-linux-x86_64-gnu`, `python-3.12.1`, `>=3.11,<3.12`. */
function readRequest(request) {
    const plain = request.replace(/^(?:c?python|cp)[@-]?/i, '');
    if (/^[<>=!~]/.test(plain))
        return (0,pep440/* validRange */.Im)(plain.replace(/\s+/g, '')) ? { version: '', range: plain.replace(/\s+/g, '') } : undefined;
    const [, series] = /^(3\.\d{1,2})(?:[.-].*|(?:a|b|rc)\d+)?$/.exec(plain) ?? [];
    if (series)
        return { version: series };
    return plain === '3' ? { version: '', range: '==3.*' } : undefined;
}
/**
 * Whether some release of a Python such as `3.12` meets a range; one that cannot be read decides nothing.
 * @param range PEP 440, and such with `||` between them, as Poetry has it; undefined for any
 */
function allowsSeries(series, range) {
    return [0, 99].some((patch) => allowsPython(`${series}.${patch}`, range));
}
/** The same of a full version. */
function allowsPython(version, range) {
    return (range ?? '').split('||').some((one) => one.trim() === '' || !(0,pep440/* validRange */.Im)(one.trim()) || (0,pep440/* satisfies */.ib)(version, one.trim()));
}

;// CONCATENATED MODULE: ./lib/plan/version/python-series.js


/** A minor release of ours changes this; "the newest stable" cannot be known offline and drifts. */
const DEFAULT_PYTHON = '3.13';
/** What is chosen for a project's requires-python: our default, else the newest that it allows. */
const PYTHONS = [DEFAULT_PYTHON, '3.14', '3.12', '3.11', '3.10', '3.9'];
/** @throws UserError where the project or its lock does not allow the Python that is asked for, or they contradict each other */
function pythonVersion(inputs, project) {
    const { lock, lockedPython: locked, requiresPython: required, python: named } = project;
    const fits = allowsSeries;
    const range = inputs.pythonVersion ? undefined : named?.range;
    const exact = named?.version ? { version: named.version, from: named.from } : undefined;
    const asked = inputs.pythonVersion ? { version: inputs.pythonVersion, from: 'python-version' } : exact;
    const fitting = PYTHONS.find((version) => fits(version, locked) && fits(version, required) && fits(version, range));
    if (range && !fitting) {
        throw new errors/* UserError */.yo('project', `${named?.from} says Python ${range}, and none of ${[...PYTHONS].sort(byMinor).join(', ')} meets that and what the project requires`, 'Set python-version to one that it allows.');
    }
    if (locked && required && !fitting && [locked, required].every((one) => PYTHONS.some((version) => fits(version, one)))) {
        throw new errors/* UserError */.yo('project', `${lock?.file} is for Python ${locked}, and ${project.name} requires ${required}`, 'Make the lock again.');
    }
    const [by, bound] = asked && !fits(asked.version, locked) ? [lock?.file, locked] : [project.name, required];
    if (asked && !fits(asked.version, bound)) {
        throw new errors/* UserError */.yo('project', `${by} requires Python ${bound}, and ${asked.from} says ${asked.version}`, fitting ? `Set python-version to ${fitting}, for example.` : 'Set python-version to one that it allows.');
    }
    if (asked)
        return asked;
    if (range && fitting)
        return { version: fitting, from: `${named?.from}, which says ${range}` };
    if (!fitting || fitting === DEFAULT_PYTHON)
        return { version: DEFAULT_PYTHON, from: 'the default' };
    const decided = !fits(DEFAULT_PYTHON, locked) ? `${lock?.file}, which is for Python ${locked}` : `requires-python ${required}`;
    return { version: fitting, from: decided };
}
function byMinor(one, other) {
    return Number(one.slice(2)) - Number(other.slice(2));
}

;// CONCATENATED MODULE: ./lib/project/tools/index-pins.js
const NO_PINS = { indexes: {}, packages: {} };

// EXTERNAL MODULE: ./lib/project/tools/netrc.js
var tools_netrc = __webpack_require__(1197);
;// CONCATENATED MODULE: ./lib/project/locks/poetry-constraint.js

/**
 * Whether a version is in a constraint as Poetry writes them: `^1.2`, `~1.2`, `1.*`, `>=1,<2 || >3`, `1.2`, `*`.
 * A constraint that cannot be read takes nothing.
 * @see https://python-poetry.org/docs/dependency-specification/
 */
function accepts(constraint, version) {
    return alternatives(constraint).some((range) => (0,pep440/* satisfies */.ib)(version, range, { prereleases: true }));
}
/** The constraint as a PEP 440 specifier; undefined where there is none that says the same. */
function toSpecifier(constraint) {
    const all = alternatives(constraint);
    return all.length === 1 && all[0] !== undefined && (0,pep440/* validRange */.Im)(all[0]) ? all[0] : undefined;
}
/** The same with `||` between alternatives; undefined where a part of it cannot be said. */
function toRanges(constraint) {
    const all = alternatives(constraint);
    if (all.includes(''))
        return '';
    return all.every((range) => (0,pep440/* validRange */.Im)(range)) ? all.join(' || ') : undefined;
}
/** The ranges that a constraint allows, each as a PEP 440 specifier; '' takes everything. */
function alternatives(constraint) {
    return constraint.split(/\|\|?/).map((one) => one
        .trim()
        .replace(/^\((.*)\)$/, '$1')
        .replace(/([<>=!~^])\s+/g, '$1')
        .split(/[,\s]+/)
        .filter((part) => part && part !== '*')
        .map(ranged)
        .join(','));
}
function ranged(part) {
    const [, sign = '', version = ''] = /^(\^|~(?!=)|={1,3}|!=|~=|<=?|>=?)?(.*)$/.exec(part) ?? [];
    const release = (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').filter(Boolean).map(Number);
    if (sign === '^') {
        // The first number that is not 0 must stay; of 0.0 the last one.
        const kept = release.findIndex((number) => number !== 0);
        return `>=${version},<${above(release, kept < 0 ? release.length - 1 : kept)}`;
    }
    if (sign === '~')
        return `>=${version},<${above(release, Math.min(1, release.length - 1))}`;
    if (sign === '' || sign === '=')
        return `==${version}`;
    return part;
}
function above(release, place) {
    return [...release.slice(0, place), (release[place] ?? 0) + 1].join('.');
}

;// CONCATENATED MODULE: ./lib/project/tools/poetry-project.js




/**
 * What `[tool.poetry]` says of a project whose [project] table leaves that to it, as a wheel's METADATA would.
 * @param locked a lock says the versions: what no requirement line can say of them is left out
 * @throws UserError for a dependency that no requirement line can say
 * @see https://python-poetry.org/docs/dependency-specification/
 */
function poetryMetadata(poetry, locked = false) {
    const lines = dependencyLines((0,project_toml/* tableAt */.af)(poetry, 'dependencies'), locked);
    const extras = Object.entries((0,project_toml/* tableAt */.af)(poetry, 'extras')).map(([extra, names]) => ({
        extra: (0,project_names/* normalizeName */.P)(extra),
        names: ((0,project_toml/* textsAt */.i1)({ names }, 'names') ?? []).map((name) => (0,project_names/* normalizeName */.P)(/^[\w.-]+/.exec(name.trim())?.[0] ?? '')),
    }));
    const wanted = lines.flatMap(({ name, optional, text, marker }) => {
        if (!optional)
            return [withMarker(text, marker)];
        const holders = extras.filter(({ names }) => names.includes(name));
        return holders.map(({ extra }) => withMarker(text, both(marker, `extra == '${extra}'`)));
    });
    return {
        name: (0,project_toml/* textAt */.$6)(poetry, 'name') ?? '',
        summary: (0,project_toml/* textAt */.$6)(poetry, 'description') ?? '',
        license: (0,project_toml/* textAt */.$6)(poetry, 'license') ?? '',
        requiresPython: poetryPython(poetry) ?? '',
        requires: wanted,
        extras: extras.map(({ extra }) => extra),
    };
}
/** The Pythons that a Poetry project runs on, as a specifier, or as several with `||`; undefined where it says none. */
function poetryPython(poetry) {
    const python = (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(poetry, 'dependencies'), 'python');
    return python === undefined ? undefined : toRanges(python);
}
/**
 * The dependency groups of Poetry by normalised name, with those that they include; `dev-dependencies` is the group
 * `dev` of old.
 * @param given groups of [dependency-groups], which Poetry's tables may include
 */
function poetryGroups(poetry, locked = false, given = {}) {
    const tables = groupTables(poetry);
    const linesOf = (name, above) => {
        if (above.includes(name))
            return [];
        const table = tables.get(name);
        const own = given[name] ?? dependencyLines((0,project_toml/* tableAt */.af)(table ?? {}, 'dependencies'), locked).map(({ text, marker }) => withMarker(text, marker));
        if (!table && !given[name])
            throw missingGroup(above.at(-1) ?? '', name);
        const included = ((0,project_toml/* textsAt */.i1)(table ?? {}, 'include-groups') ?? []).map(project_names/* normalizeName */.P);
        return [...new Set([...own, ...included.flatMap((other) => linesOf(other, [...above, name]))])];
    };
    return Object.fromEntries([...tables.keys()].map((name) => [name, linesOf(name, [])]));
}
function missingGroup(by, name) {
    return new errors/* UserError */.yo('project', `the group ${by} of Poetry includes "${name}", which is not there`, 'Fix include-groups in pyproject.toml.');
}
function groupTables(poetry) {
    const old = 'dev-dependencies' in poetry ? [['dev', { dependencies: (0,project_toml/* tableAt */.af)(poetry, 'dev-dependencies') }]] : [];
    const written = Object.keys((0,project_toml/* tableAt */.af)(poetry, 'group')).map((name) => [(0,project_names/* normalizeName */.P)(name), (0,project_toml/* tableAt */.af)(poetry, 'group', name)]);
    return new Map([...old, ...written]);
}
/** What Poetry's tables say of packages, several entries of one in their order. */
function poetryEntries(poetry) {
    const main = { group: undefined, table: (0,project_toml/* tableAt */.af)(poetry, 'dependencies') };
    const groups = [...groupTables(poetry)].map(([group, table]) => ({ group, table: (0,project_toml/* tableAt */.af)(table, 'dependencies') }));
    return [main, ...groups].flatMap(({ group, table }) => Object.entries(table).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => ({ name: (0,project_names/* normalizeName */.P)(name), entry: entryOf(one), group }))));
}
function entryOf(value) {
    return (typeof value === 'object' && value !== null ? value : { version: String(value) });
}
/** The marker that an entry counts under. */
function conditionOf(entry) {
    return both((0,project_toml/* textAt */.$6)(entry, 'markers') ?? '', pythonMarker((0,project_toml/* textAt */.$6)(entry, 'python') ?? '*'), platformMarker((0,project_toml/* textAt */.$6)(entry, 'platform') ?? ''));
}
function dependencyLines(table, locked) {
    return Object.entries(table)
        .filter(([name]) => name !== 'python')
        .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => dependencyLine(name, one, locked)));
}
/** What an entry may say; another key is a part of a name that stands without quotes (`acme.billing`), and Poetry refuses it too. */
const KEYS = /^(version|python|platform|markers|extras|optional|allow-prereleases|allows-prereleases|develop|source|git|branch|tag|rev|subdirectory|path|file|url)$/;
function dependencyLine(written, value, locked) {
    const entry = entryOf(value);
    const name = (0,project_names/* normalizeName */.P)(written);
    const unknown = Object.keys(entry).find((key) => !KEYS.test(key));
    if (unknown !== undefined) {
        throw new errors/* UserError */.yo('project', `${written} in [tool.poetry] has the key "${unknown}", which is not understood`, `Fix it: a name with dots stands in quotes ("${written}.${unknown}").`);
    }
    const extras = (0,project_toml/* textsAt */.i1)(entry, 'extras') ?? [];
    const place = poetry_project_placeOf(entry);
    const what = `${name}${extras.length > 0 ? `[${extras.map(project_names/* normalizeName */.P).join(',')}]` : ''}`;
    return {
        name,
        optional: entry.optional === true,
        text: place === undefined ? `${what}${specifierOf(name, (0,project_toml/* textAt */.$6)(entry, 'version') ?? '*', locked)}` : `${what} @ ${place}`,
        marker: conditionOf(entry),
    };
}
/** The address of what comes from no index. */
function poetry_project_placeOf(entry) {
    const git = (0,project_toml/* textAt */.$6)(entry, 'git');
    const subdirectory = (0,project_toml/* textAt */.$6)(entry, 'subdirectory');
    const below = subdirectory ? `#subdirectory=${subdirectory}` : '';
    if (git !== undefined) {
        const revision = (0,project_toml/* textAt */.$6)(entry, 'rev') ?? (0,project_toml/* textAt */.$6)(entry, 'tag') ?? (0,project_toml/* textAt */.$6)(entry, 'branch');
        const url = /^[\w.-]+@[^/]+:/.test(git) ? `ssh://${git.replace(':', '/')}` : git;
        return `git+${url}${revision ? `@${revision}` : ''}${below}`;
    }
    const url = (0,project_toml/* textAt */.$6)(entry, 'url');
    if (url !== undefined)
        return `${url}${below}`;
    const path = (0,project_toml/* textAt */.$6)(entry, 'path') ?? (0,project_toml/* textAt */.$6)(entry, 'file');
    if (path === undefined)
        return undefined;
    return encodeURI(`${path.startsWith('/') ? 'file://' : './'}${path}${subdirectory ? `/${subdirectory}` : ''}`);
}
function specifierOf(name, version, locked) {
    if (version.trim() === '*' || version.trim() === '')
        return '';
    const specifier = toSpecifier(version);
    if (specifier !== undefined)
        return specifier;
    if (locked)
        return '';
    throw new errors/* UserError */.yo('project', `${name} = "${version}" in [tool.poetry] is nothing that a requirement can say without a lock`, 'Run "poetry lock" and commit poetry.lock, or write one range.');
}
/** `^3.9 || 3.12.1` as a marker (PEP 508). */
function pythonMarker(constraint) {
    const ways = alternatives(constraint).map((range) => range
        .split(',')
        .filter(Boolean)
        .map((part) => /^(\W+)([\s\S]*)$/.exec(part))
        .map((match) => `python_full_version ${match?.[1] ?? '=='} '${match?.[2] ?? ''}'`)
        .join(' and '));
    return ways.includes('') ? '' : ways.join(' or ');
}
function platformMarker(platform) {
    return platform
        .split('|')
        .map((one) => /^(!=|==?)?\s*(\S+)$/.exec(one.trim()))
        .flatMap((match) => (match ? [`sys_platform ${match[1] === '!=' ? '!=' : '=='} '${match[2]}'`] : []))
        .join(' or ');
}
/** All of the markers that are there. */
function both(...markers) {
    const said = markers.filter((marker) => marker.trim() !== '');
    return said.length > 1 ? said.map((marker) => (/\bor\b/.test(marker) ? `(${marker})` : marker)).join(' and ') : (said[0] ?? '');
}
function withMarker(text, marker) {
    return marker ? `${text} ; ${marker}` : text;
}

;// CONCATENATED MODULE: ./lib/project/tools/tool-indexes.js




/**
 * Poetry's sources. Primary ones take the place of the public index unless that is named among them; a supplemental one is
 * asked before it, where Poetry asks it after: nothing public then takes the place of what is private.
 * @see https://python-poetry.org/docs/repositories/#package-sources
 */
function readPoetryIndexes(poetry, login, chosen) {
    const written = tablesAt(poetry, 'source').map((source) => {
        const name = (0,project_toml/* textAt */.$6)(source, 'name') ?? '';
        const url = (0,project_toml/* textAt */.$6)(source, 'url') ?? '';
        return {
            name,
            isPublic: isPublic(name) && url === '',
            url: url && login(name, url),
            priority: ((0,project_toml/* textAt */.$6)(source, 'priority') ?? 'primary').toLowerCase(),
        };
    });
    const unfollowed = written
        .filter(({ url, isPublic: open }) => !open && !isAddress(url))
        .map(({ name }) => `[[tool.poetry.source]] ${name}`);
    const known = written.filter(({ url, isPublic: open }) => open || isAddress(url));
    const common = known.filter(({ priority }) => priority !== 'explicit');
    const primary = common.filter(({ priority }) => priority === 'primary' || priority === 'default');
    const others = common.filter((source) => !primary.includes(source));
    const asksPublic = primary.length === 0 || primary.some((source) => source.isPublic);
    const urls = [...primary, ...others].filter((source) => !source.isPublic).map(({ url }) => url);
    const pins = {};
    const indexes = {};
    for (const { name, entry, group } of poetryEntries(poetry)) {
        const source = (0,project_toml/* textAt */.$6)(entry, 'source');
        if (source === undefined || (group !== undefined && !chosen.groups.includes(group)))
            continue;
        const from = known.find((one) => one.name === source);
        if (from?.isPublic || (!from && isPublic(source))) {
            if (urls.length > 0)
                unfollowed.push(`${name} of the source ${source}`);
        }
        else if (from) {
            pins[name] = [...(pins[name] ?? []), { index: indexName(source), marker: conditionOf(entry) }];
            indexes[indexName(source)] = from.url;
        }
        else
            unfollowed.push(`${name} of the source ${source}`);
    }
    return {
        indexUrl: asksPublic ? '' : (urls.at(-1) ?? ''),
        extraIndexUrls: asksPublic ? urls : urls.slice(0, -1),
        pins: { indexes, packages: pins },
        unfollowed,
    };
}
/**
 * PDM's sources: one of the name `pypi` is the default index, and packages that one names come from that alone.
 * @see https://pdm-project.org/latest/usage/config/#configure-the-package-indexes
 */
function readPdmIndexes(pdm, login) {
    const unfollowed = [];
    const packages = {};
    const indexes = {};
    const common = [];
    for (const source of tablesAt(pdm, 'source')) {
        const name = (0,project_toml/* textAt */.$6)(source, 'name') ?? '';
        const url = (0,project_toml/* textAt */.$6)(source, 'url') ?? '';
        const included = (0,project_toml/* textsAt */.i1)(source, 'include_packages') ?? [];
        const patterned = [...included, ...((0,project_toml/* textsAt */.i1)(source, 'exclude_packages') ?? [])].some((one) => !/^[\w.-]+$/.test(one));
        if (!isAddress(url) || (0,project_toml/* textAt */.$6)(source, 'type') === 'find_links' || patterned || 'exclude_packages' in source) {
            unfollowed.push(`[[tool.pdm.source]] ${name}`);
            continue;
        }
        const address = login(name, url);
        common.push({ name, url: address });
        for (const one of included)
            packages[(0,project_names/* normalizeName */.P)(one)] = [...(packages[(0,project_names/* normalizeName */.P)(one)] ?? []), { index: indexName(name), marker: '' }];
        if (included.length > 0)
            indexes[indexName(name)] = address;
    }
    return {
        indexUrl: common.find(({ name }) => name === 'pypi')?.url ?? '',
        extraIndexUrls: common.filter(({ name }) => name !== 'pypi').map(({ url }) => url),
        pins: { indexes, packages },
        unfollowed,
    };
}
function isPublic(name) {
    return name.toLowerCase() === 'pypi';
}
function isAddress(url) {
    return /^https?:\/\/[^$\s]+$/.test(url);
}
/** As uv takes names of indexes. */
function indexName(name) {
    return name.replace(/[^A-Za-z0-9._-]/g, '-');
}

;// CONCATENATED MODULE: ./lib/project/tools/uv-workspace.js



/** The [tool.uv.workspace] of a root; undefined where it is none. */
function workspaceOf(pyproject) {
    const uv = (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'uv');
    return 'workspace' in uv ? (0,project_toml/* tableAt */.af)(uv, 'workspace') : undefined;
}
/**
 * Whether a folder is a member of a workspace: a pattern of `members` fits and none of `exclude`. The root always is one.
 * @param folder relative to the root, '' for the root itself
 * @see https://docs.astral.sh/uv/concepts/projects/workspaces/
 */
function isMember(workspace, folder) {
    const named = (key) => ((0,project_toml/* textsAt */.i1)(workspace, key) ?? []).some((pattern) => uv_workspace_fits(pattern, folder));
    return folder === '' || (named('members') && !named('exclude'));
}
/** Whether a glob such as `packages/*` fits a path: `*` and `?` stay within a folder, `**` does not. */
function uv_workspace_fits(pattern, folder) {
    const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
    return fitsAll(parts, (part) => part === '**', folder.split('/').filter(Boolean), fitsGlob);
}
/**
 * Settings of uv in one folder: uv.toml takes the place of what [tool.uv] says of the same, but constraints and overrides,
 * which `uv lock` reads there and `uv pip` here, count together.
 * @see https://docs.astral.sh/uv/concepts/configuration-files/
 */
function settingsOf({ pyproject, uvToml }) {
    const own = (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'uv');
    if (!uvToml)
        return own;
    const lists = LISTS.flatMap((key) => {
        const all = [uvToml[key], own[key]].flatMap((list) => (list === undefined ? [] : Array.isArray(list) ? list : [list]));
        return all.length > 0 ? [[key, all]] : [];
    });
    return { ...own, ...uvToml, ...Object.fromEntries(lists) };
}
const LISTS = ['constraint-dependencies', 'override-dependencies', 'build-constraint-dependencies'];
/**
 * The [tool.uv] of a member with what its root says for all: sources and indexes of the member's own come first,
 * and one of the same name hides the root's. Settings of resolving are read from the root alone.
 * @see https://docs.astral.sh/uv/concepts/projects/workspaces/#workspace-sources
 */
function uvOf({ pyproject, uvToml, root }) {
    const own = root ? (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'uv') : settingsOf({ pyproject, uvToml });
    const common = root ? settingsOf(root) : {};
    const indexes = tablesAt(own, 'index');
    const names = new Set(indexes.map((index) => (0,project_toml/* textAt */.$6)(index, 'name')).filter(Boolean));
    const others = tablesAt(common, 'index').filter((index) => !names.has((0,project_toml/* textAt */.$6)(index, 'name')));
    return {
        sources: { ...(0,project_toml/* tableAt */.af)(common, 'sources'), ...(0,project_toml/* tableAt */.af)(own, 'sources') },
        indexes: [...indexes, ...others],
        settings: root ? common : own,
    };
}

;// CONCATENATED MODULE: ./lib/project/tools/project-indexes.js





/**
 * Reads `[[tool.uv.index]]` and the `[tool.uv.sources]` that name one, of a workspace's root too, and the sources of
 * Poetry and PDM. The first that has a package gives it, as uv has it. What is not followed is said.
 * @param chosen extras and groups that are installed: a source for another one does not count
 * @see https://docs.astral.sh/uv/concepts/indexes/
 */
function readProjectIndexes(member, login = (_name, address) => address, chosen = { extras: [], groups: [] }) {
    const tool = (0,project_toml/* tableAt */.af)(member.pyproject, 'tool');
    const { indexes, sources, settings } = uvOf(member);
    const written = [...indexes, ...olderIndexes(settings)].map((index) => ({
        name: (0,project_toml/* textAt */.$6)(index, 'name') ?? '',
        url: (0,project_toml/* textAt */.$6)(index, 'url') ?? '',
        isDefault: index.default === true,
        isExplicit: index.explicit === true,
    }));
    const known = written.filter(({ url }) => project_indexes_isAddress(url)).map((index) => ({ ...index, url: login(index.name, index.url) }));
    const common = known.filter(({ isExplicit }) => !isExplicit);
    const uv = readPins(sources, new Map(known.map(({ name, url }) => [name, url])), chosen);
    const poetry = readPoetryIndexes((0,project_toml/* tableAt */.af)(tool, 'poetry'), login, chosen);
    const pdm = readPdmIndexes((0,project_toml/* tableAt */.af)(tool, 'pdm'), login);
    return {
        indexUrl: common.find(({ isDefault }) => isDefault)?.url || poetry.indexUrl || pdm.indexUrl,
        extraIndexUrls: [
            ...common.filter(({ isDefault }) => !isDefault).map(({ url }) => url),
            ...poetry.extraIndexUrls,
            ...pdm.extraIndexUrls,
        ],
        pins: {
            indexes: { ...pdm.pins.indexes, ...poetry.pins.indexes, ...uv.pins.indexes },
            packages: { ...pdm.pins.packages, ...poetry.pins.packages, ...uv.pins.packages },
        },
        unfollowed: [
            ...written.filter(({ url }) => !project_indexes_isAddress(url)).map(({ name }) => `[[tool.uv.index]] ${name || '(without a name)'}`),
            ...uv.unfollowed,
            ...poetry.unfollowed,
            ...pdm.unfollowed,
        ],
    };
}
/** Variables in it are for the tool to fill in, and are not. */
function project_indexes_isAddress(url) {
    return /^https?:\/\/[^$\s]+$/.test(url);
}
/** `index-url` and `extra-index-url`, which uv still reads beside its list, as entries of that. */
function olderIndexes(settings) {
    const [url, extra] = [(0,project_toml/* textAt */.$6)(settings, 'index-url'), (0,project_toml/* textsAt */.i1)(settings, 'extra-index-url') ?? []];
    return [...extra.map((address) => ({ url: address })), ...(url ? [{ url, default: true }] : [])];
}
/** @see https://docs.astral.sh/uv/concepts/indexes/#pinning-a-package-to-an-index */
function readPins(sources, known, chosen) {
    const indexes = {};
    const packages = {};
    const unfollowed = [];
    for (const [name, value] of Object.entries(sources)) {
        const entries = (Array.isArray(value) ? value : [value]).filter((entry) => isChosen(entry, chosen));
        const named = entries.filter((entry) => (0,project_toml/* textAt */.$6)(entry, 'index') !== undefined);
        if (named.length === 0)
            continue;
        const pins = named.map((entry) => ({ index: (0,project_toml/* textAt */.$6)(entry, 'index') ?? '', marker: (0,project_toml/* textAt */.$6)(entry, 'marker') ?? '' }));
        // Beside sources of other kinds, and of several indexes, markers tell which of them counts.
        const apart = entries.length === 1 || entries.every((entry) => 'marker' in entry);
        if (!apart || !pins.every(({ index }) => known.has(index))) {
            unfollowed.push(`[tool.uv.sources] ${name}`);
            continue;
        }
        packages[(0,project_names/* normalizeName */.P)(name)] = pins;
        for (const { index } of pins)
            indexes[index] = known.get(index) ?? '';
    }
    return { pins: { indexes, packages }, unfollowed };
}
/** Whether a source counts for the extras and groups that are installed; `all` stands for every extra. */
function isChosen(entry, { extras, groups }) {
    const among = (key, names) => {
        const name = (0,project_toml/* textAt */.$6)(entry, key);
        return name === undefined || names.map(project_names/* normalizeName */.P).some((one) => one === (0,project_names/* normalizeName */.P)(name) || (key === 'extra' && one === 'all'));
    };
    return among('extra', extras) && among('group', groups);
}
/**
 * The indexes that a Pipfile.lock names: the first is the default one.
 * @returns none where it cannot be read, which is for the lock's reader to say
 * @see https://pipenv.pypa.io/en/latest/indexes.html
 */
function pipfileIndexes(file, text) {
    let lock;
    try {
        lock = JSON.parse(text.replace(/^\uFEFF/, ''));
    }
    catch {
        return [];
    }
    return tablesAt((0,project_toml/* tableAt */.af)(lock, '_meta'), 'sources').map((source, i) => ({
        at: `${file}: the source ${(0,project_toml/* textAt */.$6)(source, 'name') ?? i + 1}`,
        url: bareAddress((0,project_toml/* textAt */.$6)(source, 'url') ?? ''),
        input: i === 0 ? 'index-url' : 'extra-index-urls',
    }));
}
/** An address without its login, however that is written. */
function bareAddress(url) {
    return url.replace(/\S+/g, (word) => {
        const [slashes, at] = [word.indexOf('//'), word.lastIndexOf('@')];
        return slashes >= 0 && at > slashes ? `${word.slice(0, slashes)}//${word.slice(at + 1)}` : word;
    });
}

// EXTERNAL MODULE: ./lib/text/addresses.js
var text_addresses = __webpack_require__(6763);
;// CONCATENATED MODULE: ./lib/plan/wheels/index-settings.js







/**
 * What a resolution depends on: the addresses in their order. Logins are no part of it, so that a new
 * password resolves nothing anew and no hash tells of it.
 * @returns sha256 in hex; '' where nothing is set
 */
function indexPrint({ indexUrl, extraIndexUrls, pins = NO_PINS }) {
    const pinned = Object.entries(pins.indexes).map(([name, url]) => `${name} ${(0,text_addresses/* withoutLogin */.Gq)(url)}`);
    if (!indexUrl && extraIndexUrls.length === 0 && pinned.length === 0)
        return '';
    const packages = pinned.length > 0 ? [JSON.stringify(pins.packages)] : [];
    return sha256([...[indexUrl, ...extraIndexUrls].map(text_addresses/* withoutLogin */.Gq), ...pinned, ...packages].join('\n'));
}
/** The text of the build secret `index`: the default index on the first line, the extra ones below. */
function indexLines({ indexUrl, extraIndexUrls }) {
    return `${[indexUrl, ...extraIndexUrls].join('\n')}\n`;
}
/** The text of the build secret `pins`, '' for none: JSON of `IndexPins`. */
function pinLines({ pins }) {
    return pins && Object.keys(pins.packages).length > 0 ? `${JSON.stringify(pins)}\n` : '';
}
/** The tools' own default, which is asked where nothing else is named. */
const PUBLIC = /^https?:\/\/pypi\.(?:python\.)?[a-z]{3}(\/(simple|pypi))?$/;
/** The indexes of requirements files that can be asked as they stand there, with their logins. */
function followedIndexes(requirements) {
    const plainly = ({ address }) => /^https?:\/\/[^\s$]+$/.test(address ?? '') && !PUBLIC.test(withoutEnd(address ?? '', '/'));
    const asked = requirements.indexes.filter((index) => !isPage(index) && plainly(index));
    const of = (input) => asked.filter((index) => index.input === input).map(({ address = '' }) => address);
    return { indexUrl: of('index-url').at(-1) ?? '', extraIndexUrls: of('extra-index-urls') };
}
/** A page of files or a folder, which is no index. */
function isPage({ at }) {
    return / (-f|--find-links)$/.test(at);
}
/** The indexes that the files of a project name, beside its pyproject.toml. @param byFiles its requirements files count */
function askedIndexes({ requirements, lock }, byFiles) {
    if (byFiles)
        return requirements?.indexes ?? [];
    return lock?.file === 'Pipfile.lock' ? pipfileIndexes(lock.file, lock.texts[lock.file] ?? '') : [];
}
/**
 * What requirements files say of indexes that this run does not follow, where nothing but that says which file is meant.
 * @throws UserError where another index would answer in the place of theirs
 */
function refuseUnasked({ requirements }, indexes) {
    if (!requirements || requirements.hashed)
        return;
    const { indexUrl, extraIndexUrls } = indexes;
    const [alone] = requirements.withoutIndex;
    if (alone !== undefined && requirements.links.length === 0 && !indexUrl && extraIndexUrls.length === 0) {
        const next = 'Set index-url to the index that is meant, or take the option out.';
        throw new errors/* UserError */.yo('lock', `${alone} asks no index, and packages come from one here`, next);
    }
    const first = missingIndexes(requirements.indexes, indexes).find(({ input }) => !(input === 'index-url' ? indexUrl : extraIndexUrls[0]));
    if (!first)
        return;
    const { at, url, input } = first;
    const what = URL.canParse(url) ? `what ${(0,text_addresses/* hostOf */.w4)(url)} holds` : `what lies in ${url}`;
    throw new errors/* UserError */.yo('lock', `${at} is not followed, and ${what} must not come from another index`, `Set the input ${input} to an index that has it, or take the option out.`);
}
/**
 * Warnings of indexes that files of the project name and this run does not ask: their packages would be looked for
 * elsewhere. A page of files (`-f`) is taken for one that an extra index stands for.
 */
function unaskedIndexes(asked, indexes) {
    return [
        ...new Set(missingIndexes(asked, indexes).map(({ at, url, input }) => `${at} is not followed: what ${URL.canParse(url) ? (0,text_addresses/* hostOf */.w4)(url) : 'it'} holds is not found, or comes from another index. Set the input ${input} to an index that has it.`)),
    ];
}
function missingIndexes(asked, { indexUrl, extraIndexUrls, pins = NO_PINS }) {
    const plainly = (url) => withoutEnd((0,text_addresses/* withoutLogin */.Gq)(url), '/');
    const known = new Set([indexUrl, ...extraIndexUrls, ...Object.values(pins.indexes)].map(plainly));
    return asked.filter((index) => {
        const { url } = index;
        if (isPage(index))
            return extraIndexUrls.length === 0;
        return !known.has(plainly(url)) && !PUBLIC.test(plainly(url));
    });
}
/**
 * Logins for files. One in an index's address is for files of the same origin; where several are, the one
 * whose path is nearest. One of the netrc is for its host, without encryption only where the user set an
 * index there without it.
 */
function loginsOf(indexes) {
    const pinned = Object.values(indexes.pins?.indexes ?? {});
    const addresses = [...pinned, ...indexes.extraIndexUrls, indexes.indexUrl].filter((url) => URL.canParse(url)).map((url) => new URL(url));
    const origins = new Set(addresses.map(({ origin }) => origin));
    const machines = (0,tools_netrc/* readNetrc */.f)(indexes.netrc);
    return (url) => {
        const file = new URL(url);
        const near = addresses
            .filter(({ origin, username }) => origin === file.origin && username !== '')
            .sort((a, b) => shared(b.pathname, file.pathname) - shared(a.pathname, file.pathname))[0];
        if (near)
            return basic((0,text_addresses/* plain */.pj)(near.username), (0,text_addresses/* plain */.pj)(near.password));
        if (file.protocol !== 'https:' && !origins.has(file.origin))
            return undefined;
        const machine = machines.find(({ host }) => host === file.hostname);
        return machine && basic(machine.login, machine.password);
    };
}
function shared(a, b) {
    const parts = b.split('/');
    const differ = a.split('/').findIndex((part, i) => part !== parts[i]);
    return differ < 0 ? parts.length : differ;
}
function basic(username, password) {
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

;// CONCATENATED MODULE: ./lib/plan/wheels/debian-table.js
/**
 * What of Debian the well-known Python packages are compiled with, load and call. The first row that fits a complaint is meant.
 * @see https://packages.debian.org
 */
const DEBIAN = [
    // databases
    {
        headers: ['libpq-dev'],
        compiles: ['psycopg2', 'psycopg-c'],
        noWheels: ['psycopg2'],
        wants: /pg_config executable not found|libpq-fe\.h/,
        runtime: ['libpq5'],
        library: /^libpq\.so\.5/,
        misses: /libpq library not found/,
        users: ['psycopg'],
        unless: ['psycopg-binary'],
    },
    {
        headers: ['default-libmysqlclient-dev', 'pkg-config'],
        compiles: ['mysqlclient'],
        noWheels: ['mysqlclient'],
        wants: /mysql_config|pkg-config.*(mysqlclient|mariadb)|mysql\.h|Can not find valid pkg-config name/,
        runtime: ['libmariadb3'],
        library: /^libmariadb\.so\.3/,
    },
    { runtime: ['libmysqlclient21'], library: /^libmysqlclient\.so\.21/ },
    {
        headers: ['libldap2-dev', 'libsasl2-dev'],
        compiles: ['python-ldap'],
        noWheels: ['python-ldap'],
        wants: /lber\.h|ldap\.h|sasl\.h/,
        runtime: ['libldap-2.5-0'],
        library: /^libldap-2\.5\.so\.0|^liblber-2\.5\.so\.0/,
    },
    { runtime: ['libldap2'], library: /^libldap\.so\.2|^liblber\.so\.2/ },
    { runtime: ['libsasl2-2'], library: /^libsasl2\.so\.2/ },
    // what compiling itself takes
    { noWheels: ['uwsgi'] },
    { headers: ['python3-dev'], wants: /Python\.h/ },
    { headers: ['libffi-dev'], wants: /ffi\.h/, runtime: ['libffi8'], library: /^libffi\.so\.8/ },
    {
        headers: ['libssl-dev', 'pkg-config'],
        wants: /openssl\/\w+\.h|Could not find directory of OpenSSL|openssl-sys/,
        runtime: ['libssl3'],
        library: /^libssl\.so\.3|^libcrypto\.so\.3/,
    },
    { headers: ['cargo', 'libssl-dev', 'rustc'], compiles: ['cryptography'] },
    // documents and pictures
    {
        headers: ['libxmlsec1-dev', 'libxml2-dev', 'pkg-config'],
        compiles: ['xmlsec'],
        noWheels: ['xmlsec'],
        wants: /xmlsec1/,
        runtime: ['libxmlsec1-openssl'],
        library: /^libxmlsec1-openssl\.so\.1/,
    },
    { runtime: ['libxmlsec1'], library: /^libxmlsec1\.so\.1/ },
    { runtime: ['xmlsec1'], programs: ['xmlsec1'], misses: /Cannot find \['xmlsec1/, users: ['pysaml2'] },
    {
        headers: ['libxml2-dev', 'libxslt1-dev'],
        compiles: ['lxml'],
        wants: /libxml\/\w+\.h|xml2-config|libxslt/,
        runtime: ['libxml2'],
        library: /^libxml2\.so\.2/,
    },
    { runtime: ['libxslt1.1'], library: /^libxslt\.so\.1|^libexslt\.so\.0/ },
    {
        headers: ['libjpeg-dev', 'zlib1g-dev'],
        wants: /jpeglib\.h|headers or library files could not be found for jpeg/,
        runtime: ['libjpeg62-turbo'],
        library: /^libjpeg\.so\.62/,
    },
    {
        headers: ['zlib1g-dev'],
        wants: /zlib\.h|headers or library files could not be found for zlib/,
        runtime: ['zlib1g'],
        library: /^libz\.so\.1/,
    },
    { headers: ['libfreetype-dev'], wants: /ft2build\.h/, runtime: ['libfreetype6'], library: /^libfreetype\.so\.6/ },
    { headers: ['libfreetype-dev', 'libjpeg-dev', 'zlib1g-dev'], compiles: ['pillow'] },
    {
        headers: ['libcairo2-dev', 'pkg-config'],
        compiles: ['pycairo'],
        noWheels: ['pycairo'],
        wants: /cairo\.h|Dependency "cairo" not found|No package 'cairo'/,
        runtime: ['libcairo2'],
        library: /^libcairo\.so\.2/,
        misses: /no library called "cairo/,
        users: ['cairocffi'],
    },
    // Text without a font is drawn as empty boxes.
    {
        runtime: ['fonts-dejavu-core', 'libpango-1.0-0', 'libpangoft2-1.0-0'],
        misses: /cannot load library '(?:libgobject|libpango|gobject|pango)/,
        users: ['weasyprint'],
    },
    { runtime: ['libpango-1.0-0'], library: /^libpango-1\.0\.so\.0/ },
    { runtime: ['libpangoft2-1.0-0'], library: /^libpangoft2-1\.0\.so\.0/ },
    { runtime: ['libpangocairo-1.0-0'], library: /^libpangocairo-1\.0\.so\.0/ },
    { runtime: ['libgdk-pixbuf-2.0-0'], library: /^libgdk_pixbuf-2\.0\.so\.0/ },
    { runtime: ['libmagic1'], library: /^libmagic\.so\.1/, misses: /failed to find libmagic/, users: ['python-magic'] },
    { runtime: ['libzbar0'], library: /^libzbar\.so\.0/, misses: /find zbar shared library/, users: ['pyzbar'] },
    { runtime: ['libdmtx0b'], library: /^libdmtx\.so\.0/, misses: /find dmtx shared library/, users: ['pylibdmtx'] },
    { runtime: ['libvips42'], library: /^libvips(-cpp)?\.so\.42/, users: ['pyvips'], unless: ['pyvips-binary'] },
    { runtime: ['libimage-exiftool-perl'], programs: ['exiftool'], users: ['pyexiftool'] },
    // Its library has another name in each release; the programs bring it.
    {
        runtime: ['imagemagick'],
        programs: ['convert', 'identify', 'magick', 'mogrify'],
        misses: /MagickWand shared library not found/,
        users: ['wand'],
    },
    {
        runtime: ['poppler-utils'],
        programs: ['pdfinfo', 'pdftoppm', 'pdftocairo', 'pdftotext'],
        misses: /Is poppler installed/,
        users: ['pdf2image'],
    },
    { runtime: ['tesseract-ocr'], programs: ['tesseract'], misses: /tesseract is not installed/, users: ['pytesseract'] },
    {
        runtime: ['ghostscript', 'tesseract-ocr'],
        users: ['ocrmypdf'],
    },
    { runtime: ['ghostscript'], programs: ['gs'], misses: /Ghostscript (?:library|is not installed)/i, users: ['ghostscript'] },
    { runtime: ['pandoc'], programs: ['pandoc'], misses: /No pandoc was found/, users: ['pypandoc'], unless: ['pypandoc-binary'] },
    { runtime: ['wkhtmltopdf'], programs: ['wkhtmltopdf', 'wkhtmltoimage'] },
    { runtime: ['libreoffice-core'], programs: ['soffice', 'libreoffice'] },
    { runtime: ['qpdf'], programs: ['qpdf'] },
    {
        headers: ['libgraphviz-dev'],
        compiles: ['pygraphviz'],
        noWheels: ['pygraphviz'],
        wants: /graphviz\/\w+\.h/,
        runtime: ['graphviz'],
        programs: ['dot', 'neato', 'fdp', 'sfdp', 'twopi', 'circo'],
        users: ['graphviz', 'pydot', 'pygraphviz'],
    },
    { runtime: ['libcgraph6'], library: /^libcgraph\.so\.6/ },
    { runtime: ['libgvc6'], library: /^libgvc\.so\.6/ },
    { runtime: ['libcdt5'], library: /^libcdt\.so\.5/ },
    { runtime: ['libtiff6'], library: /^libtiff\.so\.6/ },
    { runtime: ['libwebp7'], library: /^libwebp\.so\.7/ },
    { runtime: ['libopenjp2-7'], library: /^libopenjp2\.so\.7/ },
    { runtime: ['libpng16-16'], library: /^libpng16\.so\.16/ },
    { runtime: ['libfontconfig1'], library: /^libfontconfig\.so\.1/ },
    // places
    {
        headers: ['libgdal-dev'],
        compiles: ['gdal'],
        wants: /gdal-config|gdal\.h/,
        runtime: ['gdal-bin'],
        library: /^libgdal\.so/,
        misses: /find the GDAL library/,
    },
    { runtime: ['gdal-bin'], programs: ['ogr2ogr', 'gdalinfo', 'gdal_translate', 'gdalwarp'] },
    { runtime: ['libgeos-c1v5'], library: /^libgeos_c\.so\.1/, misses: /find the GEOS library/ },
    { runtime: ['libproj25'], library: /^libproj\.so\.25/ },
    { runtime: ['libsqlite3-mod-spatialite'], library: /^(?:lib|mod_)spatialite(?:\.so|$)/, misses: /load the SpatiaLite library/ },
    // sound, moving pictures, speech
    { runtime: ['ffmpeg'], programs: ['ffmpeg', 'ffprobe', 'ffplay'], misses: /find ffmpeg or avconv/, users: ['ffmpeg-python', 'pydub'] },
    { runtime: ['sox'], programs: ['sox'], users: ['sox'] },
    { runtime: ['libsndfile1'], library: /^libsndfile\.so\.1/, misses: /sndfile library not found/ },
    { runtime: ['libportaudio2'], library: /^libportaudio\.so\.2/, misses: /PortAudio library not found/, users: ['sounddevice'] },
    { runtime: ['libespeak1'], library: /^libespeak\.so\.1/, users: ['pyttsx3'] },
    { runtime: ['libenchant-2-2'], library: /^libenchant-2\.so\.2/, misses: /'enchant' C library was not found/, users: ['pyenchant'] },
    // repositories, other machines
    {
        runtime: ['git'],
        programs: ['git'],
        misses: /Bad git executable/,
        users: ['gitpython'],
        unless: ['streamlit', 'mlflow', 'mlflow-skinny', 'wandb'],
    },
    { runtime: ['mercurial'], programs: ['hg'] },
    { runtime: ['subversion'], programs: ['svn'] },
    { runtime: ['gnupg'], programs: ['gpg', 'gpg2'], misses: /Unable to run gpg/, users: ['python-gnupg'] },
    { runtime: ['openssh-client'], programs: ['ssh', 'scp', 'sftp', 'ssh-keygen', 'ssh-keyscan'] },
    { runtime: ['nmap'], programs: ['nmap'], misses: /nmap program was not found/, users: ['python-nmap'] },
    { runtime: ['rsync'], programs: ['rsync'] },
    { runtime: ['curl'], programs: ['curl'] },
    { runtime: ['wget'], programs: ['wget'] },
    { runtime: ['postgresql-client'], programs: ['psql', 'pg_dump', 'pg_restore', 'pg_isready'] },
    { runtime: ['default-mysql-client'], programs: ['mysql', 'mysqldump', 'mariadb', 'mariadb-dump'] },
    { runtime: ['redis-tools'], programs: ['redis-cli'] },
    { runtime: ['sqlite3'], programs: ['sqlite3'] },
    // browsers and other interpreters
    { runtime: ['chromium', 'chromium-driver'], programs: ['chromedriver'], misses: /Unable to obtain driver for chrome/ },
    { runtime: ['chromium'], programs: ['chromium', 'chrome', 'google-chrome', 'chromium-browser'] },
    { runtime: ['nodejs'], programs: ['node', 'nodejs'] },
    { runtime: ['npm'], programs: ['npm', 'npx'] },
    { runtime: ['default-jre-headless'], programs: ['java'], misses: /JAVA_HOME is not set|No JVM shared library file/ },
    { runtime: ['perl'], programs: ['perl'] },
    { runtime: ['bash'], programs: ['bash'] },
    // small tools
    { runtime: ['gettext'], programs: ['msgfmt', 'msgmerge', 'xgettext', 'envsubst'], misses: /Can't find msg(?:fmt|merge|uniq)/ },
    { runtime: ['procps'], programs: ['ps', 'pgrep', 'pkill', 'free', 'top'] },
    { runtime: ['iproute2'], programs: ['ip', 'ss'] },
    { runtime: ['iputils-ping'], programs: ['ping'] },
    { runtime: ['zip'], programs: ['zip'] },
    { runtime: ['unzip'], programs: ['unzip'] },
    { runtime: ['p7zip-full'], programs: ['7z', '7za'] },
    { runtime: ['jq'], programs: ['jq'] },
    // other libraries
    { headers: ['libmemcached-dev', 'zlib1g-dev'], compiles: ['pylibmc'], noWheels: ['pylibmc'] },
    { headers: ['libmemcached-dev'], wants: /libmemcached\/memcached\.h/, runtime: ['libmemcached11'], library: /^libmemcached\.so\.11/ },
    {
        headers: ['libcurl4-openssl-dev', 'libssl-dev'],
        wants: /curl-config|curl\/curl\.h/,
        runtime: ['libcurl4'],
        library: /^libcurl\.so\.4/,
    },
    { headers: ['libsystemd-dev', 'pkg-config'], wants: /libsystemd/, runtime: ['libsystemd0'], library: /^libsystemd\.so\.0/ },
    {
        headers: ['unixodbc-dev'],
        compiles: ['pyodbc'],
        noWheels: ['pyodbc'],
        wants: /sql\.h/,
        runtime: ['libodbc2'],
        library: /^libodbc\.so\.2/,
    },
    { runtime: ['libodbcinst2'], library: /^libodbcinst\.so\.2/ },
    {
        headers: ['freetds-dev'],
        compiles: ['pymssql'],
        wants: /sybfront\.h|sqlfront\.h/,
        runtime: ['libsybdb5'],
        library: /^libsybdb\.so\.5/,
    },
    { runtime: ['libct4'], library: /^libct\.so\.4/ },
    {
        headers: ['libkrb5-dev'],
        compiles: ['gssapi'],
        wants: /krb5-config|gssapi\.h/,
        runtime: ['libgssapi-krb5-2'],
        library: /^libgssapi_krb5\.so\.2/,
    },
    { runtime: ['libkrb5-3'], library: /^libkrb5\.so\.3/ },
    // Linked, but by wheels that are downloaded, so that no builder looks at them.
    { runtime: ['libgl1', 'libglib2.0-0'], users: ['opencv-python', 'opencv-contrib-python'] },
    { runtime: ['libgl1'], library: /^libGL\.so\.1/ },
    { runtime: ['libegl1'], library: /^libEGL\.so\.1/ },
    { runtime: ['libglib2.0-0'], library: /^lib(glib|gthread|gobject|gio)-2\.0\.so\.0/ },
    { runtime: ['libsm6'], library: /^libSM\.so\.6/ },
    { runtime: ['libice6'], library: /^libICE\.so\.6/ },
    { runtime: ['libx11-6'], library: /^libX11\.so\.6/ },
    { runtime: ['libxext6'], library: /^libXext\.so\.6/ },
    { runtime: ['libxrender1'], library: /^libXrender\.so\.1/ },
    { runtime: ['libxcb1'], library: /^libxcb\.so\.1/ },
    { runtime: ['libgomp1'], library: /^libgomp\.so\.1/ },
    { runtime: ['libgfortran5'], library: /^libgfortran\.so\.5/ },
    { runtime: ['libopenblas0'], library: /^libopenblas\.so\.0/ },
    { runtime: ['libstdc++6'], library: /^libstdc\+\+\.so\.6/ },
    { runtime: ['libatomic1'], library: /^libatomic\.so\.1/ },
    { runtime: ['libexpat1'], library: /^libexpat\.so\.1/ },
    { runtime: ['libbz2-1.0'], library: /^libbz2\.so\.1/ },
    { runtime: ['liblzma5'], library: /^liblzma\.so\.5/ },
    { runtime: ['libsqlite3-0'], library: /^libsqlite3\.so\.0/ },
    { runtime: ['libpcre2-8-0'], library: /^libpcre2-8\.so\.0/ },
    { runtime: ['libpcre3'], library: /^libpcre\.so\.3/ },
    { runtime: ['libyaml-0-2'], library: /^libyaml-0\.so\.2/ },
    { runtime: ['libsodium23'], library: /^libsodium\.so\.23/ },
    { runtime: ['libzmq5'], library: /^libzmq\.so\.5/ },
    { runtime: ['librdkafka1'], library: /^librdkafka\.so\.1/ },
    { runtime: ['libsnappy1v5'], library: /^libsnappy\.so\.1/ },
    { runtime: ['libhdf5-103-1'], library: /^libhdf5[\w-]*\.so\.103/ },
    { runtime: ['libusb-1.0-0'], library: /^libusb-1\.0\.so\.0/ },
    { runtime: ['libnss3'], library: /^libnss3\.so|^libnspr4\.so/ },
    // compilers, whose names stand in many other complaints
    {
        headers: ['rustc', 'cargo'],
        compiles: ['maturin', 'setuptools-rust'],
        wants: /cargo.*not found|can't find Rust compiler|Rust toolchain|rustc.*not found|cargo, the Rust package manager, is not installed|Rust not found, installing/i,
    },
    { headers: ['cmake'], wants: /cmake.*not found|CMake must be installed|No CMAKE_/i },
    { headers: ['gfortran'], wants: /gfortran|Fortran compiler/i },
    { headers: ['build-essential'], wants: /\b(gcc|cc|g\+\+|c\+\+)\b.*(not found|No such file)|unable to execute '?(gcc|cc)/ },
];

;// CONCATENATED MODULE: ./lib/plan/wheels/system-packages.js

/**
 * @param names normalised names of packages that are built from source, and of what builds them
 * @returns Debian packages for the builder, sorted
 */
function buildPackagesFor(names) {
    const all = new Set(names);
    const found = DEBIAN.filter(({ compiles = [] }) => compiles.some((name) => all.has(name)));
    return [...new Set(found.flatMap(({ headers = [] }) => headers))].sort();
}
/**
 * What the release takes beside what its compiled wheels link.
 * @param names normalised names of the packages that the release holds
 * @param required normalised names of those that the project itself requires
 */
function runtimeNeeds(names, required) {
    const all = new Set(names);
    const direct = new Set(required);
    return DEBIAN.flatMap(({ users = [], unless = [], runtime = [] }) => {
        const others = unless.filter((name) => all.has(name));
        // A package that brings it along serves whoever asks; of others that do without it, the project may ask by itself.
        const found = users.filter((name) => all.has(name) && (others.length === 0 || (direct.has(name) && !others.some(isBundle))));
        return found.length > 0 ? [{ users: found, packages: runtime }] : [];
    });
}
function isBundle(name) {
    return name.endsWith('-binary');
}
/**
 * Debian packages for the release.
 * @param linked that own the libraries which compiled wheels link
 * @param wished the input runtime-packages; a name with a hyphen at its end leaves that package out, as it does for apt
 * @see https://manpages.debian.org/apt-get
 */
function runtimePackages(needs, linked, wished) {
    const refused = new Set(wished.filter((name) => name.endsWith('-')).map((name) => name.slice(0, -1)));
    const found = [...needs.flatMap(({ packages }) => packages), ...linked];
    const named = wished.filter((name) => !name.endsWith('-'));
    const told = needs.flatMap(({ users, packages }) => {
        const installed = packages.filter((name) => !refused.has(name) && !named.includes(name));
        return installed.length > 0
            ? [`for ${users.join(', ')}: ${installed.join(', ')} of Debian (runtime-packages: ${installed[0]}- leaves it out)`]
            : [];
    });
    const idle = [...refused].filter((name) => !found.includes(name) && !named.includes(name));
    return {
        packages: [...new Set([...found, ...named])].filter((name) => !refused.has(name)).sort(),
        told: [...told, ...idle.map((name) => `runtime-packages: ${name}- is without effect, as nothing asks for ${name}`)],
    };
}
/**
 * @param soname as a program links it, e.g. `libpq.so.5`
 * @returns the Debian package that holds it; undefined where that is not known
 */
function packageOfLibrary(soname) {
    return DEBIAN.find(({ library }) => library?.test(soname))?.runtime?.[0];
}
/** @param program as it is called, e.g. `pdftoppm` */
function packageOfProgram(program) {
    return withProgram(program)?.runtime?.[0];
}
function withProgram(program) {
    return DEBIAN.find(({ programs = [] }) => programs.includes(program));
}
/** Debian packages for the builder, by what a failed build complains of. */
function packagesWanted(complaint) {
    return DEBIAN.find(({ wants }) => wants?.test(complaint))?.headers;
}
const LIBRARY = /([\w.+-]+\.so[\d.]*): cannot open shared object file/;
/** How shells, env and those who look along PATH say it: nothing but a program is meant. */
const CALLED = [
    /\b(?:ba|da)?sh: (?:line )?(?:\d+: )?([\w.+-]+): (?:command )?not found/,
    /\benv: ['‘]?([\w.+-]+)['’]?: No such file/,
    /exec: "([\w.+-]+)": executable file not found/,
    /failed to execute (?:PosixPath\(|\[)'([\w.+-]+)'/,
    /"([\w.+-]+)" not found in path/i,
];
/** What Python says of a program and of a file alike. */
const STARTED = /\[Errno 2\] No such file or directory: '([\w.+-]+)'/;
/** Characters of a fault that are looked at, its last ones. */
const LONGEST = 2000;
/**
 * The library or program of the system that a fault is for want of.
 * @param said lines or one line of what failed
 */
function missingIn(said) {
    const fault = said.slice(-LONGEST);
    const library = LIBRARY.exec(fault)?.[1];
    const holder = library && packageOfLibrary(library);
    if (holder)
        return { what: `the library ${library}`, packages: [holder] };
    const row = DEBIAN.find(({ misses }) => misses?.test(fault));
    if (row)
        return { what: row.programs ? `the program ${row.programs[0]}` : 'a library', packages: row.runtime ?? [] };
    const called = CALLED.flatMap((pattern) => pattern.exec(fault)?.[1] ?? [])[0];
    if (called)
        return { what: `the program ${called}`, packages: withProgram(called)?.runtime ?? [] };
    const started = STARTED.exec(fault)?.[1];
    const known = started && withProgram(started)?.runtime;
    if (known)
        return { what: `the program ${started}`, packages: known };
    return library ? { what: `the library ${library}`, packages: [] } : undefined;
}
/** What to do about it, as sentences. @returns undefined where a fault is for want of something else */
function missingHint(said) {
    const missing = missingIn(said);
    if (!missing)
        return undefined;
    const { what, packages } = missing;
    if (packages.length === 0)
        return `${upper(what)} is not there: name the Debian package that has it in runtime-packages.`;
    const next = `Set runtime-packages: ${packages.join(' ')}`;
    return what.startsWith('the program') ? `${upper(what)} is not there. ${next}` : next; // the fault names a library itself
}
function upper(text) {
    return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
;// CONCATENATED MODULE: ./lib/plan/wheels/wheel-tags.js


const MARKERS = dist/* record */.g1P(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[a-z_]{1,60}$/)), (0,grammar/* line */.n8)(200));
/** What that script may say: a given base has any Python, and its numbers are counted up to. */
const targetSchema = dist/* object */.Ikc({
    python: dist/* pipe */.FsL((0,grammar/* line */.n8)(60), dist/* regex */.yGV(/^3\.\d{1,2}(\.\d{1,3})?([a-z+][\w.+]*)?$/)),
    machine: dist/* pipe */.FsL((0,grammar/* line */.n8)(60), dist/* regex */.yGV(/^\w+$/)),
    glibc: dist/* pipe */.FsL((0,grammar/* line */.n8)(20), dist/* regex */.yGV(/^\d\.\d{1,2}(\.\d{1,3})?$/)),
    soabi: (0,grammar/* line */.n8)(100),
    executable: dist/* pipe */.FsL((0,grammar/* line */.n8)(500), dist/* regex */.yGV(/^\/[\w./+-]+$/)),
    distribution: (0,grammar/* line */.n8)(200),
    markers: MARKERS,
});
/**
 * The tags that CPython on a glibc Linux accepts, best first.
 * @see PEP 425 (tags), PEP 600 (manylinux); the order is that of packaging.tags.sys_tags
 */
function supportedTags(target) {
    const [major = 3, minor = 0] = target.python.split('.').map(Number);
    const platforms = [...manylinux(target), `linux_${target.machine}`];
    const own = `cp${major}${minor}`;
    const older = Array.from({ length: minor - 1 }, (_, i) => minor - 1 - i);
    const on = (tags) => tags.flatMap((tag) => platforms.map((platform) => `${tag}-${platform}`));
    return [
        ...on([`${own}-${own}`, `${own}-abi3`, `${own}-none`]),
        ...on(older.map((n) => `cp${major}${n}-abi3`)),
        ...on([`py${major}${minor}-none`, `py${major}-none`, ...older.concat(0).map((n) => `py${major}${n}-none`)]),
        ...[own, `py${major}${minor}`, `py${major}`, ...older.concat(0).map((n) => `py${major}${n}`)].map((tag) => `${tag}-none-any`),
    ];
}
const LEGACY = { '2.17': 'manylinux2014', '2.12': 'manylinux2010', '2.5': 'manylinux1' };
function manylinux(target) {
    const [major = 2, minor = 17] = target.glibc.split('.').map(Number);
    const oldest = target.machine === 'x86_64' || target.machine === 'i686' ? 5 : 17;
    const tags = [];
    for (let n = minor; n >= oldest; n--) {
        tags.push(`manylinux_${major}_${n}_${target.machine}`);
        const legacy = LEGACY[`${major}.${n}`];
        if (legacy)
            tags.push(`${legacy}_${target.machine}`);
    }
    return tags;
}
/**
 * The place of a wheel among the supported tags (0 is best), or undefined where it does not fit.
 * @param file a wheel's file name: `name-version[-build]-python-abi-platform.whl` (PEP 427)
 */
function wheelRank(file, supported) {
    const parts = file.replace(/\.whl$/, '').split('-');
    if (!file.endsWith('.whl') || parts.length < 5 || parts.length > 6)
        return undefined;
    const [pythons = '', abis = '', platforms = ''] = parts.slice(-3);
    const places = pythons
        .split('.')
        .flatMap((python) => abis.split('.').flatMap((abi) => platforms.split('.').map((platform) => supported.indexOf(`${python}-${abi}-${platform}`))))
        .filter((place) => place >= 0);
    return places.length > 0 ? Math.min(...places) : undefined;
}

;// CONCATENATED MODULE: ./lib/plan/wheels/wheel-plan.js






const manifestSchema = dist/* object */.Ikc({
    package: dist/* union */.KCZ([grammar/* normalizedName */.j8, dist/* literal */.euz('')]),
    version: dist/* union */.KCZ([grammar/* version */.rE, dist/* literal */.euz('')]),
    file: grammar/* wheelName */.nK,
    sha256: grammar/* sha256Text */.f1,
    made: dist/* object */.Ikc({
        sdist: (0,grammar/* line */.n8)(),
        recipe: (0,grammar/* line */.n8)(),
        distribution: (0,grammar/* line */.n8)(),
        machine: (0,grammar/* line */.n8)(),
        glibc: (0,grammar/* line */.n8)(),
        soabi: (0,grammar/* line */.n8)(),
        buildPackages: (0,grammar/* line */.n8)(20_000),
        buildLock: (0,grammar/* line */.n8)(),
    }),
    requires: dist/* pipe */.FsL(dist/* array */.YOg(grammar/* indexedRequirement */.xy), dist/* maxLength */.Ru6(1000)),
    packages: dist/* pipe */.FsL(dist/* array */.YOg(grammar/* debianName */.nI), dist/* maxLength */.Ru6(1000)),
    seconds: grammar/* seconds */.YA,
    signature: dist/* exactOptional */.yqP((0,grammar/* line */.n8)()),
});
/**
 * A manifest as text, where it is one: it may come from a cache, and what it names is opened, installed
 * and resolved later.
 * @param file the wheel that it stands beside
 * @returns undefined where any part of it is missing or not of its kind
 */
function parseManifest(text, file) {
    const said = (0,grammar/* readJson */.Vh)(manifestSchema, text);
    return said?.file === file ? said : undefined;
}
/**
 * For each locked package: the wheel at hand, the wheel to fetch, or the sdist to build.
 * @param madeFrom what a wheel of an sdist, with these build requirements, would be made from now
 * @param folders prints of the packages that are folders of this run, by name
 * @throws UserError where a package has neither a wheel that fits nor an sdist
 */
function planWheels(lock, target, shelf, madeFrom, folders = new Map()) {
    const supported = supportedTags(target);
    return lock.map((entry) => {
        const { name, version } = entry;
        if (entry.folder)
            return reuseOrCompile(name, version, undefined, folders.get(name) ?? '', shelf, madeFrom);
        const best = bestWheel(entry.wheels, supported);
        if (best) {
            return shelf.wheels.get(best.file) === best.sha256
                ? { kind: 'reuse', name, version, file: best.file, sha256: best.sha256, manifest: undefined }
                : { kind: 'download', name, version, remote: best };
        }
        if (!entry.sdist) {
            throw new errors/* UserError */.yo('wheels', `${name} ${version} has no wheel for Python ${target.python} on ${target.machine} (glibc ${target.glibc}) and no sdist`, 'Choose another python-version or parent-image, or another version of the package.');
        }
        return reuseOrCompile(name, version, entry.sdist, entry.sdist.sha256, shelf, madeFrom);
    });
}
/** Whether a name is a wheel's and nothing else: no folder, no option. */
function isWheelName(name) {
    return /^[A-Za-z0-9][\w.+!-]*\.whl$/.test(name);
}
function bestWheel(wheels, supported) {
    return wheels
        .map((wheel) => ({ wheel, rank: wheelRank(wheel.file, supported) }))
        .filter((entry) => entry.rank !== undefined)
        .sort((a, b) => a.rank - b.rank || b.wheel.file.localeCompare(a.wheel.file, 'en', { numeric: true }))[0]?.wheel;
}
function reuseOrCompile(name, version, remote, source, shelf, madeFrom) {
    const known = shelf.manifests.filter((manifest) => manifest.package === name && (version === '' || manifest.version === version));
    const reasons = [];
    for (const manifest of known) {
        const now = madeFrom({ package: name, sdist: source, requires: manifest.requires });
        const changed = Object.keys(now).filter((part) => manifest.made[part] !== now[part]);
        if (changed.length > 0)
            reasons.push(`changed: ${changed.join(', ')}`);
        else if (shelf.wheels.get(manifest.file) !== manifest.sha256)
            reasons.push(shelf.wheels.has(manifest.file) ? 'checksum mismatch of the kept wheel' : 'the kept wheel is gone');
        else
            return { kind: 'reuse', name, version: manifest.version, file: manifest.file, sha256: manifest.sha256, manifest };
    }
    const none = remote ? 'no wheel fits and none is kept' : 'a folder, and no wheel of it is kept';
    return { kind: 'compile', name, version, remote, sha256: source, why: reasons[0] ?? none };
}
/**
 * Whether a compiler will most likely be needed, from the files that define the project and before anything
 * is resolved: the builder can then be made meanwhile. Only the lock decides; this decides when to begin.
 * @param kept manifests of the compiled wheels at hand
 */
function expectsCompiler(definition, kept) {
    return expectedSources(definition).some((name) => !kept.some((manifest) => manifest.package === name));
}
/** Packages that will most likely be built from source, from the files that define the project. */
function expectedSources(definition) {
    const words = namesIn(definition);
    return DEBIAN.flatMap(({ noWheels = [] }) => noWheels).filter((name) => words.has(name));
}
/** Every word of a text that may be the name of a package, normalised. */
function namesIn(definition) {
    return new Set((definition.toLowerCase().match(/[a-z0-9][a-z0-9._-]*/g) ?? []).map(project_names/* normalizeName */.P));
}
const COMPILED_SOURCES = /\.(c|cc|cpp|cxx|pyx|rs|f90|f)$|(^|\/)(Cargo\.toml|CMakeLists\.txt|meson\.build)$/;
/**
 * Whether an sdist needs a compiler, read from the names of its files: trying instead would silently
 * give a slow pure wheel where an extension is optional. Tests, docs and examples do not count.
 */
function needsCompiler(files) {
    return files.some((file) => COMPILED_SOURCES.test(file) && !/(^|\/)(tests?|docs?|examples?|benchmarks?)\//i.test(file));
}

;// CONCATENATED MODULE: ./lib/plan/run-plan.js

















/** @throws UserError for an image name or tag that is not legal, and for inputs that exclude each other */
function planRun(inputs, context, facts) {
    const { project, commit } = facts;
    const named = nameImages(inputs, context, facts);
    const { family, repository } = named;
    const leg = legOf(inputs);
    const python = pythonVersion(inputs, project);
    const { context: at, notice: elsewhere } = contextAtHead(context, facts.head, named.image);
    const tags = planTags(tagWishes(inputs, facts, { imageName: named.image, suffix: leg.suffix, sha: at.sha }), at);
    const push = pushOf(inputs, context, tags);
    const base = givenBase(inputs);
    const { notices: told, ...ownVersion } = ownVersionOf(inputs, at, facts, tags);
    const notices = [
        ...checkGiven(inputs),
        ...(elsewhere ? [elsewhere] : []),
        ...tags.notices,
        ...(inputs.pythonVersion ? [] : project.unreadPython),
        ...named.notices,
        ...(push.push && !context.ref && !inputs.version && inputs.tags.length === 0 ? [FROM_HERE] : []),
        ...checkLeg(leg, inputs, push.push),
        ...told,
        ...(push.reason ? [push.reason] : []),
    ];
    return {
        project,
        repository,
        mirrors: named.mirrors,
        family,
        names: { release: repositoryName(repository), base: repositoryName(family.base), builder: repositoryName(family.builder) },
        suffix: leg.suffix,
        leg,
        tags,
        ownVersion,
        versionIsSet: inputs.setVersion && Boolean(inputs.version || tags.release),
        push,
        cache: cachePolicy(inputs.cache, context, inputs.cacheSigningKey !== ''),
        parent: inputs.baseImage || inputs.parentImage || `python:${python.version}-slim`,
        python: base && !inputs.pythonVersion ? undefined : python.version,
        pythonFrom: base && !inputs.pythonVersion ? base : python.from,
        ...planUser(inputs.user),
        revision: commit?.revision ?? '',
        epoch: commit?.epoch ?? DEPENDENCIES_EPOCH,
        week: isoWeek(facts.now),
        updates: inputs.updates,
        buildPackages: [...new Set([...inputs.buildPackages, ...buildPackagesFor(expectedSources(project.definition))])].sort(),
        buildConstraints: facts.buildConstraints ?? [],
        newest: newest(inputs.excludeNewer, context, commit, facts.now),
        settings: buildSettings(inputs, facts.runner),
        notices,
    };
}
/** Where the images go, and what is told where a name is not what it is named after. */
function nameImages(inputs, context, { project, origin }) {
    const owner = context.owner || origin?.split('/')[0] || '';
    const namespace = usualName(inputs.namespace, context) || (owner && legalComponent(owner));
    const image = usualName(inputs.imageName, context) || legalComponent(project.name);
    const [repository, ...mirrors] = repositories([inputs.registry, ...inputs.mirrors], namespace, image);
    const notices = [
        ...otherName('namespace', inputs.namespace || owner, namespace),
        ...otherName('image-name', inputs.imageName || usualForm(project.name, image), image),
    ];
    return { image, repository, mirrors, family: planFamily(repository, inputs), notices };
}
/** What the tags are made from. */
function tagWishes({ version, tags: rules, flavor }, { commit, knownTags: known, now }, { imageName, suffix, sha }) {
    const committed = commit ? new Date(commit.epoch * 1000) : now;
    return { version, rules, flavor, suffix, imageName, known, sha: sha || commit?.revision || '', committed, now };
}
/** How builds reach the outside. */
function buildSettings(inputs, runner) {
    return {
        ca: runner.caBundle,
        ...chosenIndexes(inputs, runner),
        network: inputs.buildNetwork === 'default' ? '' : inputs.buildNetwork,
        builder: givenBuilder(inputs),
        ...(inputs.noCache && { anew: true }),
    };
}
/** Lower case for what an expression such as `github.repository_owner` gives; what was typed is not repaired. */
function usualName(given, { owner, repository }) {
    const usual = [owner, repository, repository.split('/')[1]];
    return usual.includes(given) || (owner && given.startsWith(`${owner}/`)) ? given.toLowerCase() : given;
}
const FROM_HERE = 'The image is pushed as latest, as nothing says which release this is: set version or tags for another tag.';
/** A project's name as its image has it, where that is the same name to package indexes. */
function usualForm(name, image) {
    return [name.toLowerCase(), (0,project_names/* normalizeName */.P)(name)].includes(image) ? image : name;
}
/** What is told where a part of the image's name is not what it is named after. */
function otherName(input, given, taken) {
    if (given === taken)
        return [];
    const lost = given.toLowerCase() !== taken;
    return [`The ${input} is ${taken}${lost ? `, for ${given}` : ''}: image names are lower-case${lost ? ' ASCII letters and digits' : ''}.`];
}
function pushOf(inputs, context, tags) {
    const decided = decidePush(inputs.push, context, inputs.version !== '' || inputs.tags.length > 0);
    // A notice of the tags says so already.
    return decided.push && tags.tags.length === 0 ? { push: false, reason: undefined } : decided;
}
/** @throws UserError where `set-version` is asked for and there is nothing to follow */
function ownVersionOf(inputs, context, { versioning, commit, project }, tags) {
    const tag = context.ref.startsWith('refs/tags/') ? context.refName : '';
    const wanted = inputs.setVersion ? inputs.version || tags.release : undefined;
    if (inputs.setVersion && wanted === undefined && tag) {
        throw new errors/* UserError */.yo('inputs', `set-version is set, and no version is read in the tag ${tag}`, 'Set version, or a rule in tags that reads it, such as type=pep440 with match.', { input: 'set-version' });
    }
    if (inputs.setVersion && !versioning && project.sourceOnly !== undefined) {
        throw new errors/* UserError */.yo('inputs', `set-version is set, and there is no wheel that would get a version: ${project.name} is a folder of source`, 'Leave set-version out.', { input: 'set-version' });
    }
    const idle = inputs.setVersion && wanted === undefined ? ['set-version is without effect: this run is for no tag, and version is not set.'] : [];
    if (!versioning)
        return { ...NOTHING_TOLD, notices: idle };
    const run = { tag, sha: context.sha, epoch: commit?.epoch ?? DEPENDENCIES_EPOCH };
    const told = planOwnVersion(versioning, run, wanted);
    return { ...told, notices: [...idle, ...told.notices] };
}
/** The indexes of this run: each setting as the input says it, else the runner. */
function chosenIndexes(inputs, runner) {
    const extra = inputs.extraIndexUrls.length > 0 ? inputs.extraIndexUrls : runner.extraIndexUrls;
    return {
        indexUrl: inputs.indexUrl || runner.indexUrl,
        extraIndexUrls: [...new Set([...extra, ...(runner.projectIndexUrls ?? [])])],
        netrc: inputs.indexCredentials,
        ...(runner.pins && { pins: runner.pins }),
    };
}
/**
 * Nothing younger than the commit's date is resolved, so that every leg and every re-run of a commit
 * gets the same versions. First the start of its day (UTC); where that cannot be resolved, as when a
 * requirement was released that very day, the commit's moment. Scheduled runs want what is new.
 */
function newest(given, context, commit, now) {
    if (given)
        return { day: given.includes('T') ? given : `${given}T00:00:00Z`, moment: '' };
    const moment = context.event === 'schedule' || !commit ? now : new Date(commit.epoch * 1000);
    const iso = `${moment.toISOString().slice(0, 19)}Z`;
    return { day: `${iso.slice(0, 10)}T00:00:00Z`, moment: iso };
}
/** The Dockerfile as far as the project alone tells it: images, resolutions, the application's wheel. */
function renderProject(plan, buildPackages) {
    return (renderImages({ ...plan, buildPackages }) +
        renderResolution(networkSecrets(plan), plan.newest) +
        renderAppWheel(plan.epoch, plan.ownVersion.env, plan.project.above && plan.project.folder));
}
function networkSecrets(plan) {
    const { ca, netrc } = plan.settings;
    const index = indexPrint(plan.settings).slice(0, 12) || undefined;
    return { ca: ca !== '', index, pins: pinLines(plan.settings) !== '', netrc: netrc !== '' };
}

;// CONCATENATED MODULE: ./lib/project/application/django.js
/** Files that name the settings of a Django project: what serves it before what manages it, as the two may differ. */
const STARTS = ['wsgi.py', 'asgi.py', 'manage.py'];
const TESTS = /(^|\/)(tests?|examples?|docs?)\//;
/** Whether a file may name the settings of a Django project. */
function isDjangoStart(file) {
    const parts = file.split('/');
    return parts.length <= 4 && STARTS.includes(parts.at(-1) ?? '') && !TESTS.test(file);
}
/**
 * A release is served, so wsgi.py decides over its settings where manage.py names others (those of the
 * developer, as many templates of projects have it); of several the one that is nearest to the top.
 * @param texts by path, of what `isDjangoStart` names
 */
function readDjango(texts) {
    const files = [...texts.keys()].filter(isDjangoStart).sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
    for (const start of STARTS) {
        for (const file of files.filter((name) => name.split('/').at(-1) === start)) {
            const settings = /DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*["']([\w.]+)["']/.exec(texts.get(file) ?? '')?.[1];
            if (settings)
                return { settings };
        }
    }
    return undefined;
}
/**
 * What is told where Django is there and no file names its settings.
 * @param modules of the project, by name
 */
function unnamedSettings(modules) {
    const settings = modules.filter((name) => /(^|\.)settings(\.\w+)?$/.test(name) && !/(^|\.)(tests?|ci|local|dev\w*)(\.|$)/.test(name));
    const [first] = [...settings].sort((a, b) => Number(/\.prod\w*$/.test(b)) - Number(/\.prod\w*$/.test(a)) || b.length - a.length);
    const example = first ? `, such as ${first}` : '';
    return `Django is among the packages, and neither wsgi.py nor manage.py names its settings: no static files are collected, and the site is not checked. Set DJANGO_SETTINGS_MODULE in image-env${example}.`;
}
function depth(file) {
    return file.split('/').length;
}

;// CONCATENATED MODULE: ./lib/project/locks/vendored-paths.js


/**
 * The place of a line that names no package (paths are relative to where pip runs, the project's folder):
 * `./core[extra]`, `git+https://…`, `https://…`.
 */
function placeIn(line) {
    const place = withoutExtras(line.split(/\s/)[0] ?? '').before;
    const isPath = /^(?:[a-z+]+:\/\/|file:|git\+|\.{0,2}[/\\])/.test(place) || place === '.' || place === '..' || isArchive(place);
    return isPath ? place : undefined;
}
/** The wheel or sdist that a requirement line names by its path: `./vendor/x-1.whl`, `x @ file:vendor/x-1.zip`. */
function vendoredIn(line) {
    const place = placeIn(line) ?? /^[\w.-]+\s*(?:\[[^\]]*\]\s*)?@\s*(\S+)/.exec(line)?.[1];
    return place === undefined ? undefined : vendoredAt(readAddress(place));
}
/** @returns the path, where the source is a file of this machine */
function vendoredAt(source) {
    return source?.kind === 'archive' && !/^(?:https?|ftp):/.test(source.url) ? source.url : undefined;
}

;// CONCATENATED MODULE: ./lib/project/metadata.js



/** @returns the metadata without the version */
function requirementsOf({ version: _version, ...rest }) {
    return rest;
}
/**
 * The header of a METADATA file by its fields.
 * @returns the values of a field, whose name is given in lower case, in their order
 * @see https://packaging.python.org/specifications/core-metadata/
 */
function metadataFields(text) {
    const head = text.replace(/\r\n/g, '\n').split('\n\n', 1)[0] ?? '';
    const fields = new Map();
    for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
        const [, key, value = ''] = /^([A-Za-z-]+):\s*(.*)$/s.exec(line) ?? [];
        if (key === undefined)
            continue;
        const known = fields.get(key.toLowerCase());
        if (known)
            known.push(value.trim());
        else
            fields.set(key.toLowerCase(), [value.trim()]);
    }
    return (key) => fields.get(key) ?? [];
}
/** Reads the header block of a wheel's METADATA file. */
function parseMetadata(text) {
    const all = metadataFields(text);
    const one = (key) => all(key)[0] ?? '';
    return {
        name: one('name'),
        version: one('version'),
        summary: one('summary'),
        license: one('license-expression') || one('license'),
        requiresPython: one('requires-python'),
        requires: all('requires-dist'),
        extras: [...new Set(all('provides-extra').map(project_names/* normalizeName */.P))],
    };
}
const BUILT = dist/* object */.Ikc({
    name: grammar/* packageName */.oZ,
    version: grammar/* version */.rE,
    summary: (0,grammar/* said */.ag)(2000),
    license: (0,grammar/* said */.ag)(20_000),
    requiresPython: (0,grammar/* line */.n8)(500),
    requires: dist/* pipe */.FsL(dist/* array */.YOg(grammar/* requirement */.aS), dist/* maxLength */.Ru6(20_000)),
    extras: dist/* pipe */.FsL(dist/* array */.YOg(grammar/* packageName */.oZ), dist/* maxLength */.Ru6(5000)),
});
/**
 * What a wheel that was built here says: it comes from the code of a build backend, and is resolved, shown and made labels of.
 * @returns the first value that is not of its kind, as one line, where there is one
 */
function readWheelMetadata(text) {
    const read = dist/* safeParse */.xLC(BUILT, parseMetadata(text));
    if (read.success)
        return read.output;
    const [{ path, input }] = read.issues;
    const field = path?.map(({ key }) => String(key)).join(' ') ?? '';
    return dist/* parse */.qgA((0,grammar/* said */.ag)(120), `${field}: ${JSON.stringify(input)}`);
}
/**
 * The requirement lines that apply with these extras: those without an `extra` marker and those
 * whose marker names one of the extras. Other markers are left for the resolver to judge. An extra that
 * names the project itself (`all = ["shop[test,docs]"]`) stands for those extras: an index is never asked
 * for the project.
 * @param extras extra names, normalised
 */
function requirementsFor(metadata, extras) {
    const all = metadata.requires.map((line) => ({ line, named: extrasInMarker(line), own: selfReference(line, metadata.name) }));
    const meant = new Set(extras);
    for (let left = all.filter(({ own }) => own !== undefined), before = -1; meant.size > before;) {
        before = meant.size;
        const [count, waiting] = [({ named }) => named.length === 0 || named.some((extra) => meant.has(extra)), left];
        for (const { own = [] } of waiting.filter(count))
            for (const extra of own)
                meant.add(extra);
        left = waiting.filter((one) => !count(one));
    }
    return all
        .filter(({ named, own }) => own === undefined && (named.length === 0 || named.some((extra) => meant.has(extra))))
        .map(({ line, named }) => (named.length === 0 ? line : withoutExtraMarker(line, meant)));
}
/** The extras that a requirement asks of the project itself; undefined for a requirement of something else. */
function selfReference(requirement, project) {
    const [, name = '', extras = ''] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?/.exec(requirement) ?? [];
    if ((0,project_names/* normalizeName */.P)(name) !== (0,project_names/* normalizeName */.P)(project))
        return undefined;
    return extras.split(',').map(project_names/* normalizeName */.P).filter(Boolean);
}
const EXTRA = /\bextra\s*==\s*(['"])([^'"]*)\1/g;
function extrasInMarker(requirement) {
    const marker = requirement.split(';').slice(1).join(';');
    return [...marker.matchAll(EXTRA)].map((match) => (0,project_names/* normalizeName */.P)(match[2] ?? ''));
}
/** `extra == "test"` is decided here, so it becomes a comparison that is plainly true or false (PEP 508). */
function withoutExtraMarker(requirement, extras) {
    const [name = '', ...rest] = requirement.split(';');
    const marker = rest
        .join(';')
        .replace(EXTRA, (_all, _quote, extra) => (extras.has((0,project_names/* normalizeName */.P)(extra)) ? "python_version >= '3'" : "python_version < '3'"))
        .trim();
    return marker === "python_version >= '3'" ? name.trim() : `${name.trim()} ; ${marker}`;
}

;// CONCATENATED MODULE: ./lib/project/dependencies.js






/**
 * The dependencies by metadata, and by requirements files where the user names them, where they require the project
 * itself (`-e .[server]`), and where the metadata requires nothing: a setup.py that lists no requirements beside a full
 * requirements.txt is a decoy. What the metadata requires counts beside them, as it does when the project is installed.
 * @param extras and groups normalised
 * @throws UserError for files that count and cannot be read
 */
function chooseDependencies(project, metadata, extras, groups) {
    const { requirements, lock } = project;
    const always = requirementsFor(metadata, []);
    const files = filesOf(project);
    const decoy = lock === undefined && always.length === 0 && (files.some || requirements?.fault !== undefined);
    const byFiles = requirements !== undefined && (filesCount(project) || decoy);
    if (byFiles && requirements.fault)
        throw requirements.fault;
    if (!byFiles && lock === undefined && project.sourceOnly !== undefined && project.unknownRequires !== undefined) {
        throw new errors/* UserError */.yo('project', `${project.unknownRequires}, which is not asked, as ${project.sourceOnly}`, 'State them in [project] dependencies, commit a lock, name files in the input requirements, or let its wheel be built ([build-system]).');
    }
    const wanted = [...new Set([...extras, ...(byFiles ? (files.extras ?? []) : [])])];
    const withExtras = requirementsFor(metadata, wantedExtras(metadata, wanted));
    const grouped = groups.flatMap((name) => project.groups[name] ?? []);
    const names = requirements?.files.join(', ') ?? '';
    const offered = byFiles || lock !== undefined ? undefined : project.requirementsLock;
    return {
        lines: [...new Set([...(byFiles ? files.lines : []), ...withExtras, ...grouped])],
        constraints: byFiles ? requirements.constraints : [],
        byFiles,
        from: byFiles ? names : "the project's metadata",
        ...(offered && { offered }),
        choice: offered ? undefined : choiceOf(project, always.length, byFiles, names),
    };
}
/** Whether requirements files count whatever the metadata requires. */
function filesCount(project) {
    const { requirements, lock, definedBy } = project;
    if (!requirements || requirements.given)
        return requirements !== undefined;
    return lock === undefined && (definedBy === requirements.files[0] || filesOf(project).extras !== undefined);
}
/** Requirements files without the project itself, which no index is asked for, and the extras that they want of it. */
function filesOf(project) {
    const { requirements, name, nameFrom } = project;
    if (!requirements)
        return { lines: [], extras: undefined, some: false };
    const isOwn = (line) => /^(pyproject\.toml|setup\.(cfg|py))$/.test(nameFrom) &&
        /^[A-Za-z0-9]/.test(line) &&
        placeIn(line) === undefined &&
        (0,requirements_requirement/* readRequirement */.M)(line).name === name;
    const own = requirements.lines.filter(isOwn);
    const named = own.length > 0 || requirements.own !== undefined;
    return {
        lines: requirements.lines.filter((line) => !isOwn(line)),
        extras: named ? [...(requirements.own ?? []), ...own.flatMap((line) => (0,requirements_requirement/* readRequirement */.M)(line).extras)] : undefined,
        some: requirements.lines.length > 0 || requirements.places.length > 0,
    };
}
function choiceOf(project, required, byFiles, files) {
    const { requirements, lock, definedBy } = project;
    if (!requirements)
        return undefined;
    const also = required > 0 ? `, and the ${required} of ${definedBy}` : '';
    if (requirements.given)
        return also ? `The dependencies are those of ${files}${also}.` : undefined;
    if (definedBy === requirements.files[0]) {
        const others = requirements.others.join(', ');
        return others ? `The dependencies are those of ${files}, not of ${others} (the input requirements names other files).` : undefined;
    }
    if (byFiles && also)
        return `The dependencies are those of ${files}, which names the project itself${also}.`;
    if (byFiles)
        return `${definedBy} requires nothing, so the dependencies are those of ${files} (the input requirements names other files).`;
    const chosen = lock ? `those of ${lock.file}` : `the ${required} of ${definedBy}`;
    return `The dependencies are ${chosen}, not those of ${files} (the input requirements would choose that).`;
}
/** `all` is every extra, unless the project has one of that name. */
function wantedExtras(metadata, extras) {
    if (!extras.includes('all') || metadata.extras.includes('all'))
        return extras;
    return [...new Set([...extras.filter((name) => name !== 'all'), ...metadata.extras])];
}
/**
 * Names that are certainly not there, before anything is built: no backend may add extras to those that stand in [project], and
 * groups are the project's own, but for Poetry's, which its lock knows.
 */
function staticallyUnknown(project, pyproject, extras, groups) {
    const table = (0,project_toml/* tableAt */.af)(pyproject, 'project');
    const told = Object.keys(table).length > 0 && !(0,project_toml/* textsAt */.i1)(table, 'dynamic')?.includes('optional-dependencies');
    const metadata = {
        ...project.metadata,
        name: project.name,
        extras: Object.keys((0,project_toml/* tableAt */.af)(table, 'optional-dependencies')).map(project_names/* normalizeName */.P),
    };
    const poetry = 'poetry' in (0,project_toml/* tableAt */.af)(pyproject, 'tool');
    return unknownNames(project, metadata, told ? extras : [], poetry ? [] : groups);
}
/** Names that are asked for and not there. */
function unknownNames(project, metadata, extras, groups, locked = {}) {
    const known = {
        extras: [...new Set([...metadata.extras, ...(locked.extras ?? [])])],
        groups: [...new Set([...Object.keys(project.groups), ...(locked.groups ?? [])])],
    };
    const missing = (names, valid) => names.filter((name) => !valid.includes(name));
    return [
        ...missing(wantedExtras(metadata, extras), known.extras).map((name) => unknown(metadata.name, 'extra', name, known.extras)),
        ...missing(groups, known.groups).map((name) => unknown(metadata.name, 'dependency group', name, known.groups)),
    ];
}
function unknown(project, kind, name, valid) {
    const near = (0,project_names/* didYouMean */.a)(name, valid);
    const known = valid.length > 0 ? `it has ${valid.join(', ')}` : 'it has none';
    return { kind, cause: `${project} has no ${kind} "${name}" (${known})`, near };
}

;// CONCATENATED MODULE: ./lib/project/layout/git-calls.js
/** What takes a version from a repository; `git tag` and `git push` of a script that publishes do not count. */
const QUESTION = '(?:describe|rev-parse|rev-list|log|show|branch|status|ls-files|ls-tree|symbolic-ref|name-rev)';
/** As a line of a shell, and as words of a list. */
const CALL = new RegExp(`["']git (?:-{1,2}[\\w-]+(?:[= ][\\w./-]+)? ){0,3}${QUESTION}\\b|["']git["'],\\s{0,20}["']${QUESTION}["']`);
const git_calls_LIBRARY = /^[ \t]*(?:import git\b|from git import\b)/m;
/**
 * Whether a setup.py asks git, which builds do not have: what it makes of that may be a wrong version.
 * @param setupPy '' where there is none
 */
function asksGit(setupPy) {
    const code = setupPy.replace(/^[ \t]*#.*$/gm, '');
    return CALL.test(code) || git_calls_LIBRARY.test(code);
}
/** What to do about it. */
const WITHOUT_GIT = 'Builds have neither git nor the repository, by design: let setuptools-scm give the version, which is told it, or write it to a file in a step before this one.';

;// CONCATENATED MODULE: ./lib/project/layout/package-discovery.js




/** Folders that setuptools does not take for packages (FlatLayoutPackageFinder of setuptools 84). */
const NO_PACKAGES = /^(ci|bin|debian|docs?|documentation|manpages|news|newsfragments|changelog|tests?|unit_tests?|test_utils|scripts?|tools?|utils?|python|build|dist|venv|env|requirements|benchmarks?|examples?|tasks|fabfile|site_scons|exercises?|htmlcov)$/;
/**
 * Why a project described by pyproject.toml has no wheel of its own; undefined where it has one. Without a
 * [build-system], pip would try setuptools and uv would not build: it is built where setuptools plainly finds
 * one package, and taken as an application otherwise.
 */
function sourceOnlyOf(pyproject, { files, setup, uv }) {
    const tool = (name) => (0,project_toml/* tableAt */.af)(pyproject, 'tool', name);
    const said = (reason) => ({ reason, change: 'that setting decides' });
    if (tool('uv').package === false)
        return said('[tool.uv] package is false');
    if (tool('poetry')['package-mode'] === false)
        return said('[tool.poetry] package-mode is false');
    if (tool('pdm').distribution === false)
        return said('[tool.pdm] distribution is false');
    if ('build-system' in pyproject)
        return withoutPackage(pyproject, files);
    if (tool('uv').package === true || tool('pdm').distribution === true)
        return undefined;
    if (!('project' in pyproject) || setup)
        return undefined;
    const inSrc = files.some((file) => /^src\/[^/]+\/__init__\.py$/.test(file));
    // Where src itself is a package, its modules import each other by that name, which no wheel keeps.
    const plain = !files.includes('src/__init__.py') && (inSrc || (!files.includes('manage.py') && isOnePackage(files)));
    return plain && !uv ? undefined : { reason: 'pyproject.toml has no [build-system]', change: 'a [build-system] gives it one' };
}
/** As setuptools finds packages: any folder of a name that Python takes is one, and two are too many. */
function isOnePackage(files) {
    const folders = new Set(files.flatMap((file) => /^([A-Za-z]\w*)\//.exec(file)?.[1] ?? []).filter((name) => !NO_PACKAGES.test(name)));
    const [only] = folders;
    return folders.size === 1 && files.includes(`${only}/__init__.py`);
}
/** Poetry builds what has the project's name, unless `packages` names others; with neither it stops. */
function withoutPackage(pyproject, files) {
    const backend = (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(pyproject, 'build-system'), 'build-backend') ?? '';
    const poetry = (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry');
    const name = (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(pyproject, 'project'), 'name') ?? (0,project_toml/* textAt */.$6)(poetry, 'name');
    if (!/^poetry\.|^poetry_dynamic_versioning\./.test(backend) || 'packages' in poetry || name === undefined)
        return undefined;
    const module = (0,project_names/* normalizeName */.P)(name).replaceAll('-', '_');
    const places = ['', 'src/'].flatMap((top) => [`${top}${module}.py`, `${top}${module}/`]);
    if (files.some((file) => places.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place))))
        return undefined;
    return {
        reason: `Poetry finds no package ${module}`,
        change: 'packages in [tool.poetry] names others, and package-mode = false says so outright',
    };
}
/**
 * What pyproject.toml itself says of a project (PEP 621, or Poetry's own table): all that is known of one without a wheel.
 * As with Poetry, its table says what is required where [project] has neither dependencies nor extras, and beside the
 * extras where the dependencies are dynamic; else it only tells sources.
 * @param name used where [project] has none
 * @param locked a lock says the versions
 */
function staticMetadata(pyproject, name, locked = false) {
    const project = (0,project_toml/* tableAt */.af)(pyproject, 'project');
    const poetry = (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry');
    const optional = Object.entries((0,project_toml/* tableAt */.af)(project, 'optional-dependencies')).map(([extra, lines]) => ({
        extra: (0,project_names/* normalizeName */.P)(extra),
        lines: Array.isArray(lines) ? lines.filter((line) => typeof line === 'string') : [],
    }));
    const byPoetry = 'dependencies' in poetry && !('dependencies' in project) && (optional.length === 0 || isDynamic(project));
    const said = byPoetry ? poetryMetadata(poetry, locked) : undefined;
    if (said && !('project' in pyproject))
        return { ...said, name };
    return {
        name: (0,project_toml/* textAt */.$6)(project, 'name') ?? name,
        summary: (0,project_toml/* textAt */.$6)(project, 'description') ?? '',
        license: (0,project_toml/* textAt */.$6)(project, 'license') ?? '',
        requiresPython: (0,project_toml/* textAt */.$6)(project, 'requires-python') ?? said?.requiresPython ?? '',
        requires: [
            ...((0,project_toml/* textsAt */.i1)(project, 'dependencies') ?? said?.requires ?? []),
            ...optional.flatMap(({ extra, lines }) => lines.map((line) => withExtra(line, extra))),
        ].map(fromHere),
        extras: [...optional.map(({ extra }) => extra), ...(optional.length > 0 ? [] : (said?.extras ?? []))],
    };
}
function isDynamic(project) {
    return Array.isArray(project.dynamic) && project.dynamic.includes('dependencies');
}
/** Why nothing tells what a project requires until its backend is asked; undefined where pyproject.toml tells it. */
function unknownRequires(pyproject) {
    const project = (0,project_toml/* tableAt */.af)(pyproject, 'project');
    const byPoetry = 'dependencies' in (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry') && !('dependencies' in project);
    return isDynamic(project) && !byPoetry ? 'pyproject.toml leaves its dependencies to the build backend (dynamic)' : undefined;
}
/**
 * The project's folder in addresses, as PDM and hatch write it: `${PROJECT_ROOT}`, `{root:uri}`, `{root:parent:uri}`.
 * @see https://hatch.pypa.io/latest/config/context/
 */
function fromHere(line) {
    return line
        .replace(/file:\/{2,3}\$\{PROJECT_ROOT\}/g, `file://${SOURCE_AT}`)
        .replace(/\{root((?::parent)*)(:uri|:real)*\}/g, (_whole, up) => {
        const parts = SOURCE_AT.split('/');
        const folder = parts.slice(0, Math.max(1, parts.length - (up.match(/:parent/g)?.length ?? 0))).join('/');
        return /:uri\}/.test(_whole) ? `file://${folder}` : folder;
    });
}
/** As a build backend would write it to METADATA: the extra joins the marker. */
function withExtra(line, extra) {
    const [requirement = '', ...rest] = line.split(';');
    const marker = rest.join(';').trim();
    return `${requirement.trim()} ; ${marker ? `(${marker}) and ` : ''}extra == '${extra}'`;
}
/**
 * Files of the project's own folder that its metadata is made from.
 * @param text of pyproject.toml
 * @see PEP 621 `readme`, PEP 639 `license-files`
 */
function namedFiles(text) {
    const pyproject = (0,project_toml/* readToml */.D7)('pyproject.toml', text);
    const project = (0,project_toml/* tableAt */.af)(pyproject, 'project');
    const readmes = [
        (0,project_toml/* textAt */.$6)(project, 'readme') ?? (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(project, 'readme'), 'file'),
        (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry'), 'readme'),
        ...((0,project_toml/* textsAt */.i1)((0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry'), 'readme') ?? []),
    ];
    const licences = [(0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(project, 'license'), 'file'), ...((0,project_toml/* textsAt */.i1)(project, 'license-files') ?? [])];
    return [...readmes.map((file) => ({ file, as: 'readme' })), ...licences.map((file) => ({ file, as: 'a licence' }))].flatMap(({ file, as }) => (file === undefined || /[*?[]|^\.\.\//.test(file) ? [] : [{ file: file.replace(/^\.\//, ''), as }]));
}

;// CONCATENATED MODULE: ./lib/project/requirements/required.js






/** A name, in front of the @ of a direct reference (PEP 508). */
const DIRECT = /^[A-Za-z0-9][\w.-]*[ \t]*(?:\[[^\]]*\][ \t]*)?@/;
const ADDRESS = /^(?:https?|ftp|file|(?:git|hg|svn|bzr)(?:\+[a-z]+)?):/i;
/**
 * Reads what a line requires, as pip does: a path has a slash or begins with a dot, and what is neither that nor an
 * address is a requirement of PEP 508.
 * @param text without its options; of `-e` its value
 * @throws UserError for a line that pip would refuse, and for what is not followed
 * @see https://pip.pypa.io/en/stable/cli/pip_install/#argument-handling
 */
function readRequired(text, editable) {
    const required = isDirect(text) ? direct(text) : editable ? editablePlace(text) : required_plain(text);
    checkMarker(required.marker);
    return required;
}
/** `name @ address`. */
function isDirect(text) {
    return DIRECT.test(text);
}
function required_plain(text) {
    const separator = ADDRESS.test(text) ? '; ' : ';';
    const cut = text.indexOf(separator);
    const place = (cut < 0 ? text : text.slice(0, cut)).trim();
    const marker = cut < 0 ? '' : text.slice(cut + separator.length).trim();
    if (ADDRESS.test(place))
        return required_placed(place, '', marker);
    const { before: path, extras } = withoutExtras(place);
    if (isArchive(path) || path.includes('/') || path.startsWith('.'))
        return required_placed(path, extras, marker);
    const named = (0,requirements_requirement/* readRequirement */.M)(text);
    return { ...named, place: undefined, source: undefined };
}
/** pip takes the first semicolon for that of the marker, a blank before it or none. */
function direct(text) {
    const cut = text.indexOf(';');
    const { name, extras, url = '' } = (0,requirements_requirement/* readRequirement */.M)(cut < 0 ? text : text.slice(0, cut));
    return { name, extras, specifier: '', marker: cut < 0 ? '' : text.slice(cut + 1).trim(), place: url, source: sourceOf(url, text) };
}
/** A folder, whatever its name, or a repository: an index is never asked. */
function editablePlace(text) {
    const repository = /^(?:git|hg|svn|bzr)[+:]/i.test(text);
    const { before: path, extras } = repository ? { before: text, extras: '' } : withoutExtras(text);
    if (/^(?:https?|ftp):/i.test(path)) {
        throw required_refused(text, 'what -e names is a folder or a repository', 'Take -e away, or write git+ before the address.');
    }
    return required_placed(path, extras, '');
}
function required_placed(place, extras, marker) {
    const source = sourceOf(place, place);
    const told = nameIn(place);
    return {
        name: told.name,
        extras: [...new Set([...told.extras, ...required_namesIn(extras)])],
        specifier: '',
        marker: [told.marker, marker].filter(Boolean).join(' and '),
        place,
        source,
    };
}
function sourceOf(place, text) {
    if (/^git:/i.test(place))
        return readGit(place);
    if (/^(?:hg|svn|bzr)[+:]/i.test(place)) {
        throw required_refused(text, 'of repositories only those of git are followed', 'Name the address of an archive, or a folder.');
    }
    const source = readAddress(place.replace(/^[A-Za-z+]+(?=:)/, (scheme) => scheme.toLowerCase()));
    return source.kind === 'directory' ? { ...source, path: decoded(source.path) } : source;
}
/** The name that an address tells: its egg, or that of the wheel. */
function nameIn(place) {
    const egg = decoded(/[#&]egg=([^&]*)/.exec(place)?.[1] ?? '');
    if (egg) {
        const { name, extras, marker } = (0,requirements_requirement/* readRequirement */.M)(egg);
        return { name, extras, marker };
    }
    const wheel = /(?:^|[/\\])([A-Za-z0-9][\w.]*)-[^/\\-]+(?:-[^/\\-]+){3,4}\.whl(?:[?#]|$)/.exec(place)?.[1];
    return { name: wheel === undefined ? '' : (0,project_names/* normalizeName */.P)(wheel), extras: [], marker: '' };
}
function required_namesIn(extras) {
    return extras
        .split(',')
        .filter((extra) => extra.trim())
        .map(project_names/* normalizeName */.P);
}
function required_refused(text, why, next) {
    return new errors/* UserError */.yo('project', `the requirement "${text.trim()}" is not followed: ${why}`, next);
}

;// CONCATENATED MODULE: ./lib/project/requirements/formats.js

const ANY_FORMAT = { noBinary: [], onlyBinary: [] };
const ALL = ':all:';
/**
 * `--no-binary` and `--only-binary` in their order: the last word on a package counts, `:all:` forgets what was said
 * before it, and `:none:` what was said by the same option.
 * @see https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-no-binary
 */
function readFormats(options) {
    const said = { '--no-binary': new Set(), '--only-binary': new Set() };
    for (const { name, value } of options) {
        const [target, other] = name === '--no-binary' ? [said[name], said['--only-binary']] : [said['--only-binary'], said['--no-binary']];
        const names = value.split(',').map((one) => one.trim());
        const last = names.lastIndexOf(ALL);
        if (last >= 0) {
            other.clear();
            target.clear();
            target.add(ALL);
        }
        for (const one of names.slice(last + 1)) {
            if (one === ':none:')
                target.clear();
            else if (one) {
                other.delete((0,project_names/* normalizeName */.P)(one));
                target.add((0,project_names/* normalizeName */.P)(one));
            }
        }
    }
    return { noBinary: [...said['--no-binary']], onlyBinary: [...said['--only-binary']] };
}
/** The kinds of files that may be taken of a package. @param name normalised */
function formatOf({ noBinary, onlyBinary }, name) {
    if (onlyBinary.includes(name))
        return 'wheel';
    if (noBinary.includes(name))
        return 'sdist';
    if (onlyBinary.includes(ALL))
        return 'wheel';
    return noBinary.includes(ALL) ? 'sdist' : 'any';
}

;// CONCATENATED MODULE: ./lib/project/requirements/pip-options.js
/** @see https://pip.pypa.io/en/stable/reference/requirements-file-format/#supported-options */
const KNOWN = [
    { name: '--requirement', short: '-r', takesValue: true },
    { name: '--constraint', short: '-c', takesValue: true },
    { name: '--editable', short: '-e', takesValue: true },
    { name: '--index-url', short: '-i', others: ['--pypi-url'], takesValue: true },
    { name: '--extra-index-url', takesValue: true },
    { name: '--find-links', short: '-f', takesValue: true },
    { name: '--no-index', takesValue: false },
    { name: '--no-binary', takesValue: true },
    { name: '--only-binary', takesValue: true },
    { name: '--prefer-binary', takesValue: false },
    { name: '--require-hashes', takesValue: false },
    { name: '--no-require-hashes', takesValue: false },
    { name: '--pre', takesValue: false },
    { name: '--all-releases', takesValue: true },
    { name: '--only-final', takesValue: true },
    { name: '--trusted-host', takesValue: true },
    { name: '--use-feature', takesValue: true },
    { name: '--hash', takesValue: true },
    { name: '--global-option', takesValue: true },
    { name: '--config-settings', short: '-C', others: ['--config-setting'], takesValue: true },
];
/**
 * Parts a line as pip does: at the first blank that a dash follows; the rest as a shell's words, read by optparse.
 * @param line without comment and continuations
 */
function partLine(line) {
    const words = line.split(' ');
    const first = words.findIndex((word) => word.startsWith('-'));
    const requirement = (first < 0 ? words : words.slice(0, first)).join(' ');
    const rest = first < 0 ? [] : pip_options_shellWords(words.slice(first).join(' '));
    if ('refused' in rest)
        return rest;
    const read = readOptions(rest);
    return 'refused' in read ? read : { requirement, ...read };
}
/** Words as a POSIX shell parts them (Python's shlex.split). */
function pip_options_shellWords(text) {
    const words = [];
    let word;
    let quote = '';
    for (let at = 0; at < text.length; at++) {
        const char = text[at] ?? '';
        if (quote === "'" ? char !== quote : quote && char !== quote && char !== '\\')
            word += char;
        else if (quote && char === quote)
            quote = '';
        else if (char === '\\') {
            const next = text[++at];
            if (next === undefined)
                return { refused: 'nothing follows its last backslash' };
            word = (word ?? '') + (quote && next !== quote && next !== '\\' ? `\\${next}` : next);
        }
        else if (char === '"' || char === "'") {
            quote = char;
            word ??= '';
        }
        else if (/[ \t\r\n]/.test(char)) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
        }
        else
            word = (word ?? '') + char;
    }
    if (quote)
        return { refused: 'a quote is not closed' };
    return word === undefined ? words : [...words, word];
}
/** As optparse reads them: long ones may be cut short. */
function readOptions(words) {
    const found = [];
    const left = [];
    const rest = words.values();
    const next = () => rest.next().value;
    for (let word = next(); word !== undefined && word !== '--'; word = next()) {
        if (word.startsWith('--')) {
            const [, written = '', given] = /^(--[^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
            const option = longOption(written);
            if ('refused' in option)
                return option;
            if (!option.takesValue && given !== undefined)
                return { refused: `${option.name} takes no value` };
            const value = option.takesValue ? (given ?? next()) : '';
            if (value === undefined)
                return { refused: `${option.name} takes a value` };
            if (option.name === '--hash' && !/^(md5|sha\d+):./.test(value))
                return { refused: '--hash takes a kind and a sum, as sha256:…' };
            found.push({ name: option.name, value });
        }
        else if (/^-./.test(word)) {
            const option = KNOWN.find(({ short }) => short === word.slice(0, 2));
            if (!option)
                return { refused: `the option ${word.slice(0, 2)} is not understood` };
            const value = word.length > 2 ? word.slice(2) : next();
            if (value === undefined)
                return { refused: `${option.name} takes a value` };
            found.push({ name: option.name, value });
        }
        else
            left.push(word);
    }
    return { options: found, left };
}
function longOption(written) {
    const spellings = KNOWN.flatMap((known) => [known.name, ...(known.others ?? [])].map((spelling) => ({ spelling, known })));
    const exact = spellings.find(({ spelling }) => spelling === written);
    if (exact)
        return exact.known;
    const near = new Set(spellings.filter(({ spelling }) => spelling.startsWith(written)).map(({ known }) => known));
    const [only] = near;
    return near.size === 1 && only ? only : { refused: `the option ${written} is not understood` };
}

;// CONCATENATED MODULE: ./lib/project/requirements/requirement-lines.js




/** Options that are left aside, with what to use instead. */
const IGNORED = {
    '--trusted-host': '; the inputs index-url and extra-index-urls say where packages come from',
    '--prefer-binary': '; a pin or --only-binary says the same of one package',
    '--use-feature': '',
    '--no-require-hashes': '; hashes that stand there are checked',
    '--all-releases': '; --pre is, for all packages',
    '--only-final': '',
};
/** Options that name where packages are, and the input for it. */
const INDEXES = {
    '--index-url': 'index-url',
    '--extra-index-url': 'extra-index-urls',
    '--find-links': 'extra-index-urls',
};
/** Options of a single requirement that change how it is built. */
const BUILDING = ['--global-option', '--config-settings'];
/**
 * The requirements of a file and of what it includes, in order.
 * @throws UserError for files that are not among the texts, for lines that pip refuses, and where it is strict for options
 * that change what is installed
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
function readLines(file, reading, constraint = false, above = [], seen = new Set()) {
    const text = reading.texts.get(file);
    if (text === undefined) {
        throw new errors/* UserError */.yo('lock', above.length > 0 ? `${above.at(-1)} includes ${file}, which is not there` : `there is no ${file}`, above.length > 0 ? 'Add the file, or take the line out.' : 'Check the input requirements.');
    }
    if (above.includes(file))
        throw new errors/* UserError */.yo('lock', `${above.at(-1)} includes ${file}, which includes it in turn`, 'Take one of these lines out.');
    if (above.length > requirement_lines_DEEPEST)
        throw new errors/* UserError */.yo('lock', `${above[0]} includes others more than ${requirement_lines_DEEPEST} deep`, 'Put them into fewer files.');
    // A file that several include counts once: its lines would only be said again.
    if (seen.has(`${constraint} ${file}`))
        return requirement_lines_NOTHING;
    seen.add(`${constraint} ${file}`);
    const parts = logicalLines(text).map(({ line, text: one }) => {
        const at = { file, line };
        const parted = partLine(one);
        if ('refused' in parted)
            throw refuse(at, parted.refused, 'Fix that line, as pip does not take it either.');
        if (/\$\{[A-Z0-9_]+\}/.test(one) && !parted.options.some(({ name }) => name in INDEXES))
            throw unfilled(at, one);
        if (/\uFFFD/.test(one))
            throw refuse(at, 'it is not UTF-8', 'Save the file as UTF-8, or say its encoding in its first line.');
        if (parted.requirement !== '')
            return requirement(reading, at, parted, constraint);
        const included = parted.options.find(({ name }) => name === '--requirement') ?? parted.options.find(({ name }) => name === '--constraint');
        if (included)
            return include(reading, at, included, above, seen);
        const editable = parted.options.find(({ name }) => name === '--editable');
        if (editable)
            return requirement(reading, at, { ...parted, requirement: editable.value }, constraint, true);
        return together(parted.options.map((option) => settings(at, option)));
    });
    return { ...together(parts), files: [...new Set([file, ...parts.flatMap(({ files }) => files)])] };
}
const requirement_lines_DEEPEST = 100;
const requirement_lines_NOTHING = {
    files: [],
    lines: [],
    hashed: false,
    notices: [],
    indexes: [],
    links: [],
    formats: [],
    prereleases: false,
    withoutIndex: [],
};
function together(parts) {
    return {
        files: parts.flatMap(({ files }) => files),
        lines: parts.flatMap(({ lines }) => lines),
        hashed: parts.some(({ hashed }) => hashed),
        notices: parts.flatMap(({ notices }) => notices),
        indexes: parts.flatMap(({ indexes }) => indexes),
        links: parts.flatMap(({ links }) => links),
        formats: parts.flatMap(({ formats }) => formats),
        prereleases: parts.some(({ prereleases }) => prereleases),
        withoutIndex: parts.flatMap(({ withoutIndex }) => withoutIndex),
    };
}
function refuse(at, why, next) {
    return new errors/* UserError */.yo('lock', `${at.file}:${at.line}: ${why}`, next, { place: at });
}
/** pip fills variables in from where it runs; what is resolved here is kept, and a login must not be in it. */
function unfilled(at, text) {
    const variable = /\$\{[A-Z0-9_]+\}/.exec(text)?.[0] ?? '';
    const next = 'Write it out; a login of an index belongs in index-credentials, that of a repository in the settings of git.';
    return refuse(at, `${variable} is not filled in here`, next);
}
/** What stands beside the first `-r` counts for nothing, as with pip; in a constraints file it names requirements. */
function include(reading, at, { name, value }, above, seen) {
    if (/^(https?|file):/i.test(value)) {
        const next = 'Put the file into the repository and name its path: what it says is then that of the commit.';
        throw refuse(at, `${name} ${bareAddress(value)} is an address, which is not read`, next);
    }
    return readLines(beside(at.file, value), reading, name === '--constraint', [...above, at.file], seen);
}
function settings({ file, line }, { name, value }) {
    const at = `${file}:${line}: ${name}`;
    if (name === '--find-links' && !/^(?!file:)[a-z][a-z0-9+.-]*:|\$\{|\.html?$/i.test(value)) {
        return { ...requirement_lines_NOTHING, links: [{ at, place: decodedPath(value), beside: file.split('/').slice(0, -1).join('/') || '.' }] };
    }
    const input = INDEXES[name];
    if (input)
        return { ...requirement_lines_NOTHING, indexes: [{ at, url: bareAddress(value), address: value, input }] };
    if (name === '--require-hashes')
        return { ...requirement_lines_NOTHING, hashed: true };
    if (name === '--no-binary' || name === '--only-binary') {
        const all = name === '--no-binary' && value.split(',').includes(':all:');
        return {
            ...requirement_lines_NOTHING,
            formats: [{ name, value }],
            notices: all ? [`${at} counts for what is installed, not for what building that requires`] : [],
        };
    }
    if (name === '--pre' || (name === '--all-releases' && value === ':all:'))
        return { ...requirement_lines_NOTHING, prereleases: true };
    if (name === '--no-index')
        return { ...requirement_lines_NOTHING, withoutIndex: [at] };
    // The value is left out: it may hold credentials.
    return { ...requirement_lines_NOTHING, notices: [`${at} is not followed${IGNORED[name] ?? ', as no requirement stands before it'}`] };
}
function decodedPath(value) {
    return /^file:/i.test(value) ? decoded(readPath(value)) : value;
}
function requirement(reading, at, parted, constraint, editable = false) {
    const { requirement: text, options } = parted;
    const others = options.filter(({ name }) => name !== '--hash' && !(editable && name === '--editable'));
    const notices = others.map(({ name }) => {
        if (reading.strict && BUILDING.includes(name)) {
            throw refuse(at, `the option ${name} is not understood`, 'Take it out of the requirements file.');
        }
        return `${at.file}:${at.line}: ${name} is not followed${BUILDING.includes(name) ? '' : ' after a requirement, as with pip'}`;
    });
    if (editable && parted.left[0]?.startsWith(';'))
        notices.push(`${at.file}:${at.line}: the marker after -e is not followed, as with pip`);
    // pip checks none of an editable one.
    const hashes = editable ? [] : options.filter(({ name }) => name === '--hash').map(({ value }) => value);
    const line = { ...at, text: text.trim(), editable, hashes, constraint };
    return { ...requirement_lines_NOTHING, files: [at.file], lines: [line], hashed: hashes.length > 0, notices };
}
/** The files that a requirements file includes (`-r`, `-c`), relative to the project folder. */
function includesOf(file, text) {
    return logicalLines(text).flatMap(({ text: one }) => {
        const parted = partLine(one);
        if ('refused' in parted || parted.requirement !== '')
            return [];
        const included = parted.options.filter(({ name }) => name === '--requirement' || name === '--constraint');
        return included.filter(({ value }) => !/^(https?|file):/i.test(value)).map(({ value }) => beside(file, value));
    });
}
/** Includes are relative to the file that names them. */
function beside(file, included) {
    return readPath(included.startsWith('/') ? included : [...file.split('/').slice(0, -1), included].join('/'));
}
/** Where Python's splitlines() ends a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what ends lines
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
/** Lines that end in a backslash go on; a comment begins the line or follows a blank, and ends a continued line. */
function logicalLines(text) {
    const found = [];
    let open;
    for (const [at, raw] of text
        .replace(/^\uFEFF/, '')
        .split(LINE_END)
        .entries()) {
        const comment = /^\s*#/.test(raw);
        const goesOn = !comment && raw.endsWith('\\');
        const part = goesOn ? raw.replace(/^\\+/, '').replace(/(?<!\\)\\+$/, '') : raw;
        open = { line: open?.line ?? at + 1, text: `${open?.text ?? ''}${comment ? ' ' : ''}${part}` };
        if (goesOn)
            continue;
        found.push(open);
        open = undefined;
    }
    return [...found, ...(open ? [open] : [])]
        .map(({ line, text: one }) => ({ line, text: withoutComment(one).trim() }))
        .filter(({ text: one }) => one);
}
function withoutComment(text) {
    const at = text.startsWith('#') ? 0 : text.search(/\s#/);
    return at < 0 ? text : text.slice(0, at);
}

;// CONCATENATED MODULE: ./lib/project/requirements/requirement-files.js




/** Names that hold what a deployment needs, best first. */
const FOUND = [
    'requirements.txt',
    ...['production', 'prod', 'release', 'deploy', 'base', 'common', 'main', 'requirements'].map((name) => `requirements/${name}.txt`),
];
/**
 * Which requirements files define the dependencies where the user does not say.
 * @param files paths of the project's files
 */
function findRequirements(files) {
    const known = FOUND.find((name) => files.includes(name));
    if (known)
        return [known];
    const others = candidates(files);
    return others.length === 1 ? others : [];
}
/** Requirements files by their names, but those of developers. */
function candidates(files) {
    return files.filter((file) => FOUND.includes(file) || (/^requirements[^/]*\.txt$/.test(file) && !/dev|test|doc|lint|type|ci\b/i.test(file)));
}
/** Whether a file may be a requirements or constraints file: its text is read beforehand. */
function isRequirementsFile(file) {
    return /^(requirements|constraints)[^/]*\.(txt|in)$|^requirements\/[^/]+\.(txt|in)$/.test(file);
}
/**
 * Reads requirements files with everything that they include. What is wrong with files that nobody named is no fault yet.
 * @param entries relative to the project folder
 * @param present paths of the project's files
 * @throws UserError where `given`, for what is wrong
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
function readRequirements(entries, texts, present = [], given = true) {
    try {
        return readAll(entries, texts, present);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo) || given)
            throw error;
        return { ...requirement_files_NOTHING, files: entries, fault: error };
    }
}
const requirement_files_NOTHING = {
    files: [],
    lines: [],
    constraints: [],
    places: [],
    own: undefined,
    hashed: false,
    formats: ANY_FORMAT,
    prereleases: false,
    withoutIndex: [],
    notices: [],
    indexes: [],
    links: [],
    others: [],
};
function readAll(entries, texts, present) {
    const found = entries.map((entry) => readLines(entry, { texts, strict: false }));
    const files = [...new Set(found.flatMap((one) => one.files))];
    const all = found.flatMap(({ lines }) => lines);
    const required = all.filter(({ constraint }) => !constraint).map((line) => ({ line, required: requirement_files_readLine(line) }));
    const own = required.filter((one) => isProject(one.required));
    const others = required.filter((one) => !own.includes(one));
    const places = others.flatMap((one) => requirement_files_placeOf(one.required) ?? []);
    return {
        files,
        lines: [...new Set(others.flatMap((one) => (requirement_files_placeOf(one.required) ? [] : [lineOf(one.line, one.required)])))],
        constraints: [...new Set(all.filter(({ constraint }) => constraint).map(constraintOf))],
        places: places.filter((place, i) => places.findIndex((one) => JSON.stringify(one) === JSON.stringify(place)) === i),
        own: own.length > 0 ? [...new Set(own.flatMap((one) => one.required.extras))] : undefined,
        hashed: found.some(({ hashed }) => hashed),
        formats: readFormats(found.flatMap(({ formats }) => formats)),
        prereleases: found.some(({ prereleases }) => prereleases),
        withoutIndex: found.flatMap(({ withoutIndex }) => withoutIndex),
        notices: [...new Set(found.flatMap(({ notices }) => notices))],
        indexes: found.flatMap(({ indexes }) => indexes),
        links: found.flatMap(({ links }) => links),
        others: candidates(present).filter((file) => !files.includes(file)),
    };
}
/** @throws UserError that names file and line */
function requirement_files_readLine({ file, line, text, editable }) {
    try {
        return readRequired(text, editable);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        throw new errors/* UserError */.yo('lock', `${file}:${line}: ${error.message}`, error.next, { place: { file, line } });
    }
}
function isProject({ source }) {
    return source?.kind === 'directory' && source.path === '.';
}
/** Without a name, only who lays it out learns what it holds. */
function requirement_files_placeOf({ name, source, extras, marker }) {
    return name === '' && source && source.kind !== 'archive' ? { source, extras, marker } : undefined;
}
/** As PEP 508 says it, where it has a name. */
function lineOf({ text, editable }, { name, extras, place, source, marker }) {
    if (place === undefined || !name || (!editable && !isDirect(text) && source?.kind === 'archive'))
        return text;
    const address = source?.kind === 'git' ? gitAddress(source) : source?.kind === 'directory' ? folderAddress(source.path) : place;
    return `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''} @ ${address}${marker ? ` ; ${marker}` : ''}`;
}
function gitAddress({ url, revision, subdirectory }) {
    return `git+${url}${revision ? `@${revision}` : ''}${subdirectory ? `#subdirectory=${subdirectory}` : ''}`;
}
function folderAddress(folder) {
    return encodeURI(folder.startsWith('/') ? `file://${folder}` : `./${folder}`);
}
/** @throws UserError for one that pins to a folder or a repository, which is no version */
function constraintOf(line) {
    const { source } = requirement_files_readLine(line);
    if (!source || source.kind === 'archive')
        return line.text;
    const { file, line: at } = line;
    throw new errors/* UserError */.yo('lock', `${file}:${at}: the constraint "${line.text}" is a folder or a repository, which is not followed`, 'Require it in the requirements file itself.', { place: { file, line: at } });
}

;// CONCATENATED MODULE: ./lib/project/tools/dependency-groups.js






/**
 * The dependency groups of a pyproject.toml, includes resolved, by normalised name; those that uv and PDM had before them too.
 * @throws UserError for a group that includes itself or one that is not there
 * @see PEP 735
 */
function readGroups(pyproject) {
    const uv = (0,project_toml/* textsAt */.i1)((0,project_toml/* tableAt */.af)(pyproject, 'tool', 'uv'), 'dev-dependencies');
    const standard = resolveGroups((0,project_toml/* tableAt */.af)(pyproject, 'dependency-groups'));
    const older = {
        ...pdmGroups((0,project_toml/* tableAt */.af)(pyproject, 'tool', 'pdm', 'dev-dependencies')),
        ...(uv && { dev: uv }),
    };
    // uv and PDM add their older tables to a group of the same name.
    const all = [...new Set([...Object.keys(standard), ...Object.keys(older)])];
    return Object.fromEntries(all.map((name) => [name, [...new Set([...(standard[name] ?? []), ...(older[name] ?? [])])].map(fromHere)]));
}
/** Lines of PDM's own table, which may be editable ones. @see https://pdm-project.org/latest/usage/dependency/#editable-dependencies */
function pdmGroups(table) {
    return Object.fromEntries(Object.keys(table).map((name) => [(0,project_names/* normalizeName */.P)(name), ((0,project_toml/* textsAt */.i1)(table, name) ?? []).map((line) => pdmLine(name, fromHere(line)))]));
}
function pdmLine(group, line) {
    const [, place] = /^-e\s+(.*)$/.exec(line.trim()) ?? [];
    if (place === undefined)
        return line;
    const required = readRequired(place, true);
    if (required.name)
        return lineOf({ text: place, editable: true }, required);
    throw new errors/* UserError */.yo('project', `the group ${group} of PDM holds "${line}", which tells no name`, 'Add #egg=NAME to it.');
}
/** The lines of one group, or of one extra, by any spelling of its name; none where it is not there. @param table the groups */
function linesOfGroup(table, group) {
    return resolveGroups(table)[(0,project_names/* normalizeName */.P)(group)] ?? [];
}
const dependency_groups_DEEPEST = 100;
function resolveGroups(table) {
    const written = new Map(Object.entries(table).map(([name, items]) => [(0,project_names/* normalizeName */.P)(name), Array.isArray(items) ? items : []]));
    const resolved = new Map();
    const resolve = (name, above) => {
        const known = resolved.get(name);
        if (known)
            return known;
        if (above.length > dependency_groups_DEEPEST)
            throw broken(`the dependency group ${above[0]} includes others more than ${dependency_groups_DEEPEST} deep`);
        if (above.includes(name))
            throw broken(`the dependency group ${name} includes itself (${[...above, name].join(' → ')})`);
        const items = written.get(name);
        if (!items) {
            const near = (0,project_names/* didYouMean */.a)(name, [...written.keys()]);
            throw broken(`the dependency group ${above.at(-1)} includes "${name}", which is not there${near ? `; did you mean "${near}"?` : ''}`);
        }
        const lines = items.flatMap((item) => {
            if (typeof item === 'string')
                return [item];
            const included = item?.['include-group'];
            if (typeof included !== 'string')
                throw broken(`the dependency group ${name} holds something that is neither a requirement nor an include`);
            return resolve((0,project_names/* normalizeName */.P)(included), [...above, name]);
        });
        const once = [...new Set(lines)];
        resolved.set(name, once);
        return once;
    };
    return Object.fromEntries([...written.keys()].map((name) => [name, resolve(name, [])]));
}
function broken(cause) {
    return new errors/* UserError */.yo('project', cause, 'Fix [dependency-groups] in pyproject.toml.');
}

;// CONCATENATED MODULE: ./lib/project/locks/graph.js
/**
 * Everything that can be reached from the roots of a lock that is a graph.
 * @param find the packages that an edge leads to: one, or several where versions are told apart later
 * @param edges what a package depends on for one of its extras ('' for what it always depends on), only those that apply
 * @returns the packages in the order met, with the extras wanted of each
 */
function graph_walk(roots, find, edges) {
    const reached = new Map();
    const wants = (edge) => find(edge).flatMap((found) => ['', ...edge.extras].map((extra) => ({ package: found, extra })));
    const open = roots.flatMap(wants);
    for (let want = open.pop(); want; want = open.pop()) {
        const extras = reached.get(want.package) ?? new Set();
        if (extras.has(want.extra))
            continue;
        reached.set(want.package, extras.add(want.extra));
        open.push(...edges(want.package, want.extra).flatMap(wants));
    }
    return reached;
}
/**
 * As `walk`, where a lock holds several versions of a package and only the demands tell which one is meant:
 * the newest that every demand accepts, as the tool itself chooses when it installs from the lock.
 * @param candidates newest last where it matters
 * @returns the packages, and the names that are demanded and not there
 */
function choose(candidates, roots, edges) {
    const demands = new Map();
    const missing = new Set();
    const named = (name) => candidates.filter((candidate) => candidate.name === name);
    const noted = (edge) => {
        demands.set(edge.name, [...(demands.get(edge.name) ?? []), edge]);
        return edge;
    };
    graph_walk(roots.map(noted), (edge) => named(edge.name).filter(({ version }) => edge.accepts(version)), (of, extra) => edges(of, extra).map(noted));
    const chosen = (edge) => {
        const all = named(edge.name);
        const agreed = all.filter(({ version }) => (demands.get(edge.name) ?? []).every(({ accepts }) => accepts(version)));
        const best = (agreed.length > 0 ? agreed : all.filter(({ version }) => edge.accepts(version))).at(-1) ?? all.at(-1);
        if (!best)
            missing.add(edge.name);
        return best ? [best] : [];
    };
    return { packages: [...graph_walk(roots, chosen, edges).keys()], missing: [...missing] };
}

;// CONCATENATED MODULE: ./lib/project/locks/range.js

/**
 * Whether a locked version is in a specifier. Pre-releases count: the tool that made the lock has chosen them.
 * @param version '' where the lock has none, which fits all
 * @see PEP 440
 */
function rangeAccepts(specifier, version) {
    return version === '' || specifier === '' || (0,pep440/* satisfies */.ib)(version, specifier, { prereleases: true });
}

;// CONCATENATED MODULE: ./lib/project/locks/pdm-lock.js








/** PDM's name for the project's folder in paths. */
const PROJECT_ROOT = /\$\{PROJECT_ROOT\}/;
/**
 * Reads a pdm.lock from version 4.4 on. With the strategy `inherit_metadata` (PDM's default) each package says for
 * which groups and markers it is there; without, the lock is a graph whose roots stand in pyproject.toml. Extras are groups to PDM.
 * @throws UserError for other versions, and for a lock without groups and without the pyproject.toml
 * @see https://pdm-project.org/latest/usage/lockfile/
 */
function readPdmLock(reading) {
    const { file, project } = reading;
    const lock = (0,project_toml/* readToml */.D7)(file, reading.text);
    const metadata = (0,project_toml/* tableAt */.af)(lock, 'metadata');
    const version = (0,project_toml/* textAt */.$6)(metadata, 'lock_version') ?? '';
    if (!/^4\.([4-9]|\d\d)(\.\d+)?$/.test(version))
        refuseVersion(file, version, '4.4 and later ones of 4.x');
    const packages = tablesAt(lock, 'package');
    const inherited = (0,project_toml/* textsAt */.i1)(metadata, 'strategy')?.includes('inherit_metadata') || packages.some((entry) => entry.groups !== undefined);
    const found = inherited ? packages.filter((entry) => isWanted(reading, entry)) : reached(reading, packages);
    const pyproject = project.pyproject === undefined ? {} : (0,project_toml/* readToml */.D7)('pyproject.toml', project.pyproject);
    const optional = Object.keys((0,project_toml/* tableAt */.af)(pyproject, 'project', 'optional-dependencies')).map(project_names/* normalizeName */.P);
    const groups = names((0,project_toml/* textsAt */.i1)(metadata, 'groups') ?? []).filter((group) => group !== 'default');
    return {
        file,
        project: project.name,
        pins: inOrder(file, project.name, found.map((entry) => readPin(file, entry))),
        extras: groups.filter((group) => optional.includes(group)),
        groups: groups.filter((group) => !optional.includes(group)),
        overridden: [],
        refresh: 'pdm lock',
    };
}
function isWanted(reading, entry) {
    const { extras, groups } = reading.selection;
    const wanted = new Set(['default', ...extras, ...groups].map(project_names/* normalizeName */.P));
    return ((0,project_toml/* textsAt */.i1)(entry, 'groups') ?? []).some((group) => wanted.has((0,project_names/* normalizeName */.P)(group))) && suits(reading, entry);
}
/** Locks for several targets hold a version for each, told apart by markers and Pythons. */
function suits(reading, entry) {
    return (applies(reading, (0,project_toml/* textAt */.$6)(entry, 'name') ?? '', (0,project_toml/* textAt */.$6)(entry, 'marker')) &&
        rangeAccepts((0,project_toml/* textAt */.$6)(entry, 'requires_python') ?? '', reading.environment.python_full_version ?? ''));
}
/** `name[extra]` is an entry of its own; its dependencies name the plain one. */
function reached(reading, packages) {
    const { file, project, selection } = reading;
    if (project.pyproject === undefined) {
        throw new errors/* UserError */.yo('lock', `${file} is read with the pyproject.toml beside it, and there is none`, 'Add it, or run "pdm lock --strategy inherit_metadata".');
    }
    const pyproject = (0,project_toml/* readToml */.D7)('pyproject.toml', project.pyproject);
    const optional = (0,project_toml/* tableAt */.af)(pyproject, 'project', 'optional-dependencies');
    const development = (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'pdm', 'dev-dependencies');
    const plain = (0,project_toml/* tableAt */.af)(pyproject, 'dependency-groups');
    const lines = [
        ...((0,project_toml/* textsAt */.i1)((0,project_toml/* tableAt */.af)(pyproject, 'project'), 'dependencies') ?? []),
        ...[...selection.extras, ...selection.groups].flatMap((name) => [optional, development, plain].flatMap((table) => linesOfGroup(table, name))),
    ];
    const candidates = packages
        .filter((entry) => suits(reading, entry))
        .map((entry) => ({
        name: keyOf((0,project_toml/* textAt */.$6)(entry, 'name') ?? '', (0,project_toml/* textsAt */.i1)(entry, 'extras') ?? []),
        version: (0,project_toml/* textAt */.$6)(entry, 'version') ?? '',
        entry,
    }));
    const own = (demand) => demand.name === project.name || demand.name.startsWith(`${project.name}[`);
    const roots = expanded(lines.map(nameable), project.name, optional)
        .flatMap((line) => demandsOf(reading, line))
        .filter((demand) => !own(demand));
    const found = choose(candidates, roots, ({ entry }) => ((0,project_toml/* textsAt */.i1)(entry, 'dependencies') ?? []).flatMap((line) => demandsOf(reading, line)));
    const missing = found.missing.filter((name) => !name.includes('['));
    if (missing.length === 0)
        return found.packages.map(({ entry }) => entry);
    throw new errors/* UserError */.yo('lock', `${file} does not hold ${missing.join(', ')}, which is wanted`, 'Run "pdm lock" and commit the lock.');
}
/** Development groups may hold `-e file:///…#egg=name`, which is no PEP 508; the name is what counts. */
function nameable(line) {
    return /^-e\s.*#egg=([\w.-]+)/.exec(line)?.[1] ?? line;
}
/** `shop[fancy]` in an extra of shop stands for what that extra wants. */
function expanded(lines, project, optional, seen = []) {
    return lines.flatMap((line) => {
        const { name, extras } = (0,requirements_requirement/* readRequirement */.M)(line);
        if (name !== project)
            return [line];
        const fresh = extras.filter((extra) => !seen.includes(extra));
        return expanded(fresh.flatMap((extra) => linesOfGroup(optional, extra)), project, optional, [...seen, ...fresh]);
    });
}
function demandsOf(reading, line) {
    const { name, extras, specifier, marker } = (0,requirements_requirement/* readRequirement */.M)(line);
    if (!applies(reading, name, marker))
        return [];
    const accepts = (version) => rangeAccepts(specifier, version);
    const plain = { name, extras: [], accepts };
    return extras.length === 0 ? [plain] : [plain, { name: keyOf(name, extras), extras: [], accepts }];
}
function keyOf(name, extras) {
    return extras.length === 0 ? (0,project_names/* normalizeName */.P)(name) : `${(0,project_names/* normalizeName */.P)(name)}[${names(extras).join(',')}]`;
}
function readPin(file, entry) {
    const name = (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? '');
    const stated = tablesAt(entry, 'files').map((item) => ({
        hash: (0,project_toml/* textAt */.$6)(item, 'hash') ?? '',
        file: (0,project_toml/* textAt */.$6)(item, 'file') ?? (0,project_toml/* textAt */.$6)(item, 'url') ?? '',
    }));
    const source = readSource(entry);
    return { name, version: (0,project_toml/* textAt */.$6)(entry, 'version') ?? '', files: readHashes(file, name, stated), ...(source ? { source } : {}) };
}
function readSource(entry) {
    const git = (0,project_toml/* textAt */.$6)(entry, 'git');
    const subdirectory = (0,project_toml/* textAt */.$6)(entry, 'subdirectory');
    if (git !== undefined) {
        const { url } = readGit(git);
        const revision = (0,project_toml/* textAt */.$6)(entry, 'revision') ?? (0,project_toml/* textAt */.$6)(entry, 'ref') ?? '';
        return { kind: 'git', url, revision, ...(subdirectory ? { subdirectory } : {}) };
    }
    const url = (0,project_toml/* textAt */.$6)(entry, 'url');
    if (url !== undefined)
        return { kind: 'archive', url: subdirectory ? `${url}#subdirectory=${subdirectory}` : url };
    const path = (0,project_toml/* textAt */.$6)(entry, 'path');
    if (path === undefined)
        return undefined;
    const place = readPath(path.replace(PROJECT_ROOT, '.'));
    return isArchive(place) ? { kind: 'archive', url: place } : { kind: 'directory', path: place };
}

;// CONCATENATED MODULE: ./lib/project/locks/pipfile-lock.js




/**
 * Reads a Pipfile.lock: `default`, `develop` as the group dev, and other categories by their names.
 * @throws UserError where it is no JSON, or has no version of a package
 * @see https://pipenv.pypa.io/en/latest/pipfile.html
 */
function readPipfileLock(reading) {
    const { file, project, selection } = reading;
    const lock = readJson(file, reading.text);
    const categories = new Map(Object.keys(lock)
        .filter((key) => key !== '_meta')
        .map((key) => [key === 'develop' ? 'dev' : (0,project_names/* normalizeName */.P)(key), (0,project_toml/* tableAt */.af)(lock, key)]));
    const wanted = new Set(['default', ...selection.groups.map(project_names/* normalizeName */.P)]);
    const pins = [...categories]
        .filter(([category]) => wanted.has(category))
        .flatMap(([, packages]) => Object.entries(packages))
        .filter(([name, entry]) => applies(reading, name, (0,project_toml/* textAt */.$6)(entry, 'markers')))
        .map(([name, entry]) => pipfile_lock_readPin(file, name, entry))
        .filter(({ source }) => source?.kind !== 'directory' || source.path !== '.');
    return {
        file,
        project: project.name,
        // Pipenv locks each category by itself and installs one after the other: the later one's version stays.
        pins: inOrder(file, project.name, [...new Map(pins.map((pin) => [pin.name, pin])).values()]),
        extras: undefined,
        groups: names([...categories.keys()].filter((category) => category !== 'default')),
        overridden: [],
        refresh: 'pipenv lock',
    };
}
function readJson(file, text) {
    const plain = text.replace(/^\uFEFF/, '');
    try {
        const value = JSON.parse(plain);
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
            return value;
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        const position = /at position (\d+)/.exec(error.message)?.[1];
        const before = plain.slice(0, Number(position ?? 0)).split('\n');
        const place = position === undefined ? { file } : { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
        const where = place.line === undefined ? file : `${file}:${place.line}:${place.column}`;
        const why = (error.message.split(' in JSON')[0] ?? '').replace(/\s+/g, ' ').replace(/(, .*)? is not valid JSON$/, '');
        throw new errors/* UserError */.yo('lock', `${where} is not valid JSON: ${why}`, 'Run "pipenv lock" and commit the lock.', { place });
    }
    throw new errors/* UserError */.yo('lock', `${file} is no JSON object`, 'Run "pipenv lock" and commit the lock.');
}
function pipfile_lock_readPin(file, key, entry) {
    const name = (0,project_names/* normalizeName */.P)(key);
    const source = pipfile_lock_readSource(entry);
    const version = /^===?\s*(\S+)$/.exec((0,project_toml/* textAt */.$6)(entry, 'version') ?? '')?.[1] ?? '';
    if (!source && !version) {
        throw new errors/* UserError */.yo('lock', `${file} has no version of ${name}`, `Pin it in the Pipfile (pipenv writes "*" for a package of another platform), then "pipenv lock".`);
    }
    const files = readHashes(file, name, ((0,project_toml/* textsAt */.i1)(entry, 'hashes') ?? []).map((hash) => ({ hash, file: '' })));
    return { name, version, files, ...(source ? { source } : {}) };
}
function pipfile_lock_readSource(entry) {
    const git = (0,project_toml/* textAt */.$6)(entry, 'git');
    if (git !== undefined) {
        const { url } = readGit(git);
        const subdirectory = (0,project_toml/* textAt */.$6)(entry, 'subdirectory');
        return { kind: 'git', url, revision: (0,project_toml/* textAt */.$6)(entry, 'ref') ?? '', ...(subdirectory ? { subdirectory } : {}) };
    }
    const path = (0,project_toml/* textAt */.$6)(entry, 'path');
    if (path !== undefined)
        return isArchive(path) ? { kind: 'archive', url: readPath(path) } : { kind: 'directory', path: readPath(path) };
    const file = (0,project_toml/* textAt */.$6)(entry, 'file') ?? (0,project_toml/* textAt */.$6)(entry, 'uri');
    return file === undefined ? undefined : readAddress(file);
}

;// CONCATENATED MODULE: ./lib/project/locks/poetry-dependency.js






/**
 * The dependencies of a table `name = "^1.2"`, `name = {version = "^1.2", markers = "…"}` or a list of such.
 * @see https://python-poetry.org/docs/dependency-specification/
 */
function readDependencies(reading, table) {
    return Object.entries(table)
        .filter(([name]) => name !== 'python')
        .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => readDependency(reading, name, one)));
}
function readDependency(reading, key, value) {
    const entry = (typeof value === 'object' && value !== null ? value : { version: String(value) });
    const name = (0,project_names/* normalizeName */.P)(key);
    const version = (0,project_toml/* textAt */.$6)(entry, 'version') ?? '*';
    const python = (0,project_toml/* textAt */.$6)(entry, 'python') ?? '*';
    const platform = (0,project_toml/* textAt */.$6)(entry, 'platform');
    return {
        name,
        extras: ((0,project_toml/* textsAt */.i1)(entry, 'extras') ?? []).map(project_names/* normalizeName */.P),
        optional: entry.optional === true,
        // What has no version in the lock comes from a source.
        accepts: (found) => found === '' || accepts(version, found),
        applies: (extras) => accepts(python, reading.environment.python_full_version ?? '') &&
            (platform === undefined || isPlatform(platform, reading.environment.sys_platform ?? '')) &&
            applies(reading, name, (0,project_toml/* textAt */.$6)(entry, 'markers'), { extras, groups: [] }),
    };
}
/** `linux`, `!=win32` or `linux || darwin`. */
function isPlatform(wanted, platform) {
    return wanted
        .split(/\|\|?/)
        .map((one) => one.trim())
        .some((one) => (one.startsWith('!=') ? one.slice(2).trim() !== platform : one.replace(/^==?/, '').trim() === platform));
}
/** A PEP 508 line of pyproject.toml, as the same. */
function poetry_dependency_readLine(reading, line) {
    const { name, extras, specifier, marker } = (0,requirements_requirement/* readRequirement */.M)(line);
    return {
        name,
        extras,
        optional: false,
        accepts: (version) => rangeAccepts(specifier, version),
        applies: (wanted) => applies(reading, name, marker, { extras: wanted, groups: [] }),
    };
}

;// CONCATENATED MODULE: ./lib/project/locks/poetry-lock.js







/**
 * Reads a poetry.lock. From 2.1 on (Poetry 2) it says of each package for which groups and markers it is installed;
 * earlier ones are a graph whose roots stand in pyproject.toml.
 * @throws UserError for other versions, and for an early one without the pyproject.toml
 */
function readPoetryLock(reading) {
    const { file, project } = reading;
    const lock = (0,project_toml/* readToml */.D7)(file, reading.text);
    const metadata = (0,project_toml/* tableAt */.af)(lock, 'metadata');
    const version = (0,project_toml/* textAt */.$6)(metadata, 'lock-version') ?? '';
    if (!/^[12]\.\d+$/.test(version))
        refuseVersion(file, version, '1.x and 2.x');
    const packages = tablesAt(lock, 'package');
    const grouped = packages.some((entry) => entry.groups !== undefined);
    const pyproject = project.pyproject === undefined ? {} : (0,project_toml/* readToml */.D7)('pyproject.toml', project.pyproject);
    if (!grouped && packages.length > 0 && project.pyproject === undefined) {
        throw new errors/* UserError */.yo('lock', `${file} (version ${version}) is read with the pyproject.toml beside it, and there is none`, 'Add it, or run "poetry lock" of Poetry 2.');
    }
    const found = grouped ? packages.filter((entry) => poetry_lock_isWanted(reading, entry)) : poetry_lock_reached(reading, packages, pyproject);
    // Before lock-version 2.0 the files of all packages stand in a table of their own.
    const early = (0,project_toml/* tableAt */.af)(metadata, 'files');
    return {
        file,
        project: project.name,
        pins: inOrder(file, project.name, found.map((entry) => poetry_lock_readPin(file, entry, early))),
        extras: names(Object.keys((0,project_toml/* tableAt */.af)(lock, 'extras'))),
        groups: groupsOf(packages, pyproject),
        overridden: [],
        refresh: 'poetry lock',
    };
}
/** `groups` and `markers` of a package; markers are a text, or a table by group where they differ. */
function poetry_lock_isWanted(reading, entry) {
    const wanted = new Set(['main', ...reading.selection.groups.map(project_names/* normalizeName */.P)]);
    const groups = ((0,project_toml/* textsAt */.i1)(entry, 'groups') ?? []).filter((group) => wanted.has((0,project_names/* normalizeName */.P)(group)));
    const markers = (0,project_toml/* tableAt */.af)(entry, 'markers');
    return groups.some((group) => applies(reading, (0,project_toml/* textAt */.$6)(entry, 'name') ?? '', (0,project_toml/* textAt */.$6)(entry, 'markers') ?? (0,project_toml/* textAt */.$6)(markers, group)));
}
function groupsOf(packages, pyproject) {
    const poetry = (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry');
    return names([
        ...packages.flatMap((entry) => (0,project_toml/* textsAt */.i1)(entry, 'groups') ?? []).filter((group) => group !== 'main'),
        ...Object.keys((0,project_toml/* tableAt */.af)(poetry, 'group')),
        ...Object.keys((0,project_toml/* tableAt */.af)(pyproject, 'dependency-groups')),
        ...(poetry['dev-dependencies'] ? ['dev'] : []),
    ]);
}
/** Walks a lock without groups from the roots in pyproject.toml. */
function poetry_lock_reached(reading, packages, pyproject) {
    const candidates = packages
        .filter((entry) => poetry_lock_suits(reading, entry))
        .map((entry) => ({ name: (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? ''), version: (0,project_toml/* textAt */.$6)(entry, 'version') ?? '', entry }));
    const found = choose(candidates, roots(reading, pyproject), (of, extra) => edges(reading, of.entry, extra));
    // A package that is there for other Pythons alone is wanted by a marker that the lock has dropped: not a fault.
    const missing = found.missing.filter((name) => !packages.some((entry) => (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? '') === name));
    if (missing.length === 0)
        return found.packages.map(({ entry }) => entry);
    throw new errors/* UserError */.yo('lock', `${reading.file} does not hold ${missing.join(', ')}, which pyproject.toml wants`, 'Run "poetry lock" and commit the lock.');
}
function poetry_lock_suits(reading, entry) {
    const python = readDependencies(reading, { any: { python: (0,project_toml/* textAt */.$6)(entry, 'python-versions') ?? '*' } });
    return python.every((dependency) => dependency.applies([]));
}
/** What a package depends on for an extra of its own; extras name packages of its optional dependencies. */
function edges(reading, entry, extra) {
    const all = readDependencies(reading, (0,project_toml/* tableAt */.af)(entry, 'dependencies'));
    const extras = (0,project_toml/* tableAt */.af)(entry, 'extras');
    const key = Object.keys(extras).find((name) => (0,project_names/* normalizeName */.P)(name) === extra);
    const added = new Set((key ? ((0,project_toml/* textsAt */.i1)(extras, key) ?? []) : []).map((line) => readExtra(line)));
    return all.filter((one) => (extra ? one.optional && added.has(one.name) : !one.optional) && one.applies(extra ? [extra] : []));
}
/** Extras hold lines such as `name (>=1.0) ; marker`, in Poetry's own constraints; the name is enough. */
function readExtra(line) {
    return (0,project_names/* normalizeName */.P)(/^[\w.-]+/.exec(line.trim())?.[0] ?? '');
}
function roots(reading, pyproject) {
    const { extras, groups } = reading.selection;
    const project = (0,project_toml/* tableAt */.af)(pyproject, 'project');
    const poetry = (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry');
    const chosen = new Set(extras.map(project_names/* normalizeName */.P));
    const ofExtra = (table) => Object.keys(table)
        .filter((key) => chosen.has((0,project_names/* normalizeName */.P)(key)))
        .flatMap((key) => (0,project_toml/* textsAt */.i1)(table, key) ?? []);
    const added = new Set(ofExtra((0,project_toml/* tableAt */.af)(poetry, 'extras')).map(readExtra));
    const own = project.dependencies
        ? ((0,project_toml/* textsAt */.i1)(project, 'dependencies') ?? []).map((line) => poetry_dependency_readLine(reading, line))
        : readDependencies(reading, (0,project_toml/* tableAt */.af)(poetry, 'dependencies')).filter(({ optional, name }) => !optional || added.has(name));
    const optional = ofExtra((0,project_toml/* tableAt */.af)(project, 'optional-dependencies')).map((line) => poetry_dependency_readLine(reading, line));
    const grouped = groups.flatMap((group) => [
        ...readDependencies(reading, groupTable(poetry, group)),
        ...linesOfGroup((0,project_toml/* tableAt */.af)(pyproject, 'dependency-groups'), group).map((line) => poetry_dependency_readLine(reading, line)),
    ]);
    return [...own, ...optional, ...grouped].filter((one) => one.applies([...chosen]));
}
function groupTable(poetry, group) {
    const key = Object.keys((0,project_toml/* tableAt */.af)(poetry, 'group')).find((name) => (0,project_names/* normalizeName */.P)(name) === (0,project_names/* normalizeName */.P)(group));
    const early = (0,project_names/* normalizeName */.P)(group) === 'dev' ? (0,project_toml/* tableAt */.af)(poetry, 'dev-dependencies') : {};
    return { ...early, ...(key ? (0,project_toml/* tableAt */.af)(poetry, 'group', key, 'dependencies') : {}) };
}
function poetry_lock_readPin(file, entry, early) {
    const name = (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? '');
    const version = (0,project_toml/* textAt */.$6)(entry, 'version') ?? '';
    const stated = [...tablesAt(entry, 'files'), ...earlyFiles(early, name, version)].map((item) => ({
        hash: (0,project_toml/* textAt */.$6)(item, 'hash') ?? '',
        file: (0,project_toml/* textAt */.$6)(item, 'file') ?? (0,project_toml/* textAt */.$6)(item, 'url') ?? '',
    }));
    const source = poetry_lock_readSource((0,project_toml/* tableAt */.af)(entry, 'source'));
    return { name, version, files: readHashes(file, name, stated), ...(source ? { source } : {}) };
}
/** The early table lists the files of all locked versions of a package together. */
function earlyFiles(early, name, version) {
    const all = Object.keys(early)
        .filter((key) => (0,project_names/* normalizeName */.P)(key) === name)
        .flatMap((key) => tablesAt(early, key));
    const own = all.filter((item) => isOf((0,project_toml/* textAt */.$6)(item, 'file') ?? '', version));
    return own.length > 0 ? own : all;
}
function isOf(file, version) {
    const at = file.indexOf(`-${version}`);
    return at >= 0 && /^[-.][a-z]/i.test(file.slice(at + version.length + 1));
}
function poetry_lock_readSource(source) {
    const url = (0,project_toml/* textAt */.$6)(source, 'url') ?? '';
    const subdirectory = (0,project_toml/* textAt */.$6)(source, 'subdirectory');
    switch ((0,project_toml/* textAt */.$6)(source, 'type')) {
        case 'git':
            return {
                kind: 'git',
                url,
                revision: (0,project_toml/* textAt */.$6)(source, 'resolved_reference') ?? (0,project_toml/* textAt */.$6)(source, 'reference') ?? '',
                ...(subdirectory ? { subdirectory } : {}),
            };
        case 'url':
            return { kind: 'archive', url: subdirectory ? `${url}#subdirectory=${subdirectory}` : url };
        case 'file':
            return { kind: 'archive', url: readPath(url) };
        case 'directory':
            return { kind: 'directory', path: readPath(url) };
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/project/locks/pylock.js




/**
 * Reads a pylock.toml that the user keeps.
 * @throws UserError for versions other than 1.x, for an environment that it is not for, and for packages that are there twice
 * @see PEP 751
 */
function readPylock(reading) {
    const { file } = reading;
    const lock = (0,project_toml/* readToml */.D7)(file, reading.text);
    const version = (0,project_toml/* textAt */.$6)(lock, 'lock-version') ?? '';
    if (!/^1\.\d+$/.test(version))
        refuseVersion(file, version, '1.x (PEP 751)');
    const environments = (0,project_toml/* textsAt */.i1)(lock, 'environments') ?? [];
    if (environments.length > 0 && !environments.some((marker) => applies(reading, 'environments', marker))) {
        throw new errors/* UserError */.yo('lock', `${file} is not for this platform and Python: it is for ${environments.join(' | ')}`, 'Make the lock again for Linux too.');
    }
    // "default-groups": what is installed where nothing is asked for, i.e. the project's own dependencies.
    const groups = [...((0,project_toml/* textsAt */.i1)(lock, 'default-groups') ?? []), ...reading.selection.groups];
    const chosen = { extras: reading.selection.extras, groups };
    const pins = tablesAt(lock, 'packages')
        .filter((entry) => applies(reading, (0,project_toml/* textAt */.$6)(entry, 'name') ?? '', (0,project_toml/* textAt */.$6)(entry, 'marker'), chosen))
        .filter((entry) => readPath((0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(entry, 'directory'), 'path') ?? 'elsewhere') !== '.')
        .map((entry) => pylock_readPin(file, entry));
    return {
        file,
        project: reading.project.name,
        pins: inOrder(file, reading.project.name, pins),
        extras: names((0,project_toml/* textsAt */.i1)(lock, 'extras') ?? []),
        groups: names((0,project_toml/* textsAt */.i1)(lock, 'dependency-groups') ?? []),
        overridden: [],
        refresh: refreshOf(file, (0,project_toml/* textAt */.$6)(lock, 'created-by') ?? ''),
    };
}
function pylock_readPin(file, entry) {
    const name = (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? '');
    const archive = (0,project_toml/* tableAt */.af)(entry, 'archive');
    const stated = [...tablesAt(entry, 'wheels'), (0,project_toml/* tableAt */.af)(entry, 'sdist'), archive].flatMap((item) => Object.entries((0,project_toml/* tableAt */.af)(item, 'hashes')).map(([kind, hash]) => ({
        hash: `${kind}:${hash}`,
        file: (0,project_toml/* textAt */.$6)(item, 'name') ?? pylock_placeOf(item),
    })));
    const source = pylock_readSource(entry);
    const path = [...tablesAt(entry, 'wheels'), (0,project_toml/* tableAt */.af)(entry, 'sdist')].map((item) => (0,project_toml/* textAt */.$6)(item, 'path')).find((one) => one !== undefined);
    return {
        name,
        version: (0,project_toml/* textAt */.$6)(entry, 'version') ?? '',
        files: readHashes(file, name, stated),
        ...(source ? { source } : {}),
        ...(path === undefined ? {} : { folder: readPath(`${readPath(path)}/..`) }),
    };
}
function pylock_placeOf(entry) {
    return (0,project_toml/* textAt */.$6)(entry, 'url') ?? readPath((0,project_toml/* textAt */.$6)(entry, 'path') ?? '');
}
function pylock_readSource(entry) {
    const vcs = (0,project_toml/* tableAt */.af)(entry, 'vcs');
    if (entry.vcs) {
        const subdirectory = (0,project_toml/* textAt */.$6)(vcs, 'subdirectory');
        return { kind: 'git', url: pylock_placeOf(vcs), revision: (0,project_toml/* textAt */.$6)(vcs, 'commit-id') ?? '', ...(subdirectory ? { subdirectory } : {}) };
    }
    if (entry.directory)
        return { kind: 'directory', path: pylock_placeOf((0,project_toml/* tableAt */.af)(entry, 'directory')) };
    return entry.archive ? { kind: 'archive', url: pylock_placeOf((0,project_toml/* tableAt */.af)(entry, 'archive')) } : undefined;
}
function refreshOf(file, tool) {
    if (tool === 'uv')
        return `uv export --format pylock.toml -o ${file}`;
    if (tool === 'pdm')
        return 'pdm lock';
    if (tool === 'pip')
        return `pip lock -o ${file} .`;
    return tool.startsWith('poetry') ? 'poetry lock && poetry export -f pylock.toml' : `${tool || 'the tool that made it'}, again`;
}

;// CONCATENATED MODULE: ./lib/project/locks/uv-lock.js





/**
 * Reads a uv.lock: a graph, walked from the project's package.
 * @throws UserError for versions other than 1 and where the lock does not hold the project
 * @see https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
 */
function readUvLock(reading) {
    const { file, project, selection } = reading;
    const lock = (0,project_toml/* readToml */.D7)(file, reading.text);
    if (lock.version !== 1)
        refuseVersion(file, String(lock.version ?? ''), '1');
    const packages = tablesAt(lock, 'package');
    const root = rootOf(file, project.name, packages);
    const manifest = (0,project_toml/* tableAt */.af)(lock, 'manifest');
    const groups = root ? (0,project_toml/* tableAt */.af)(root, 'dev-dependencies') : (0,project_toml/* tableAt */.af)(manifest, 'dependency-groups');
    const extras = (0,project_toml/* tableAt */.af)(root ?? {}, 'optional-dependencies');
    const roots = root ? dependencies(root, selection.extras) : tablesAt(manifest, 'requirements').map(uv_lock_readDependency);
    const wanted = [
        ...roots,
        ...Object.keys(groups)
            .filter(uv_lock_isIn(selection.groups))
            .flatMap((name) => tablesAt(groups, name).map(uv_lock_readDependency)),
    ];
    return {
        file,
        project: project.name,
        pins: inOrder(file, project.name, settle(reading, packages, root, wanted)),
        extras: names(Object.keys(extras).concat((0,project_toml/* textsAt */.i1)((0,project_toml/* tableAt */.af)(root ?? {}, 'metadata'), 'provides-extras') ?? [])),
        groups: names(Object.keys(groups).concat(Object.keys((0,project_toml/* tableAt */.af)(root ?? {}, 'metadata', 'requires-dev')))),
        overridden: names(tablesAt(manifest, 'overrides').map((entry) => (0,project_toml/* textAt */.$6)(entry, 'name') ?? '')),
        refresh: 'uv lock',
    };
}
/**
 * The project's package: by its name, else the one whose source is the lock's folder.
 * @returns undefined for the lock of a workspace whose root is no project, or of a script
 */
function rootOf(file, name, packages) {
    const local = packages.filter((entry) => localPath((0,project_toml/* tableAt */.af)(entry, 'source')) !== undefined);
    const root = local.find((entry) => (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? '') === name) ??
        local.find((entry) => localPath((0,project_toml/* tableAt */.af)(entry, 'source')) === '.');
    if (root || local.length === 0)
        return root;
    throw new errors/* UserError */.yo('lock', `${file} does not hold ${name}; it holds ${local.map((entry) => (0,project_toml/* textAt */.$6)(entry, 'name')).join(', ')}`, 'Run "uv lock", or set the input path to one of these projects.');
}
/** The folder that a package of the workspace or a path source lies in. */
function localPath(source) {
    const path = (0,project_toml/* textAt */.$6)(source, 'editable') ?? (0,project_toml/* textAt */.$6)(source, 'virtual') ?? (0,project_toml/* textAt */.$6)(source, 'directory');
    return path === undefined ? undefined : readPath(path);
}
/**
 * Walks until the extras that were met no longer change: where extras or groups exclude each other, uv writes
 * `extra == 'extra-4-shop-cpu'` into markers, and an extra may be wanted by an edge met late.
 */
function settle(reading, packages, root, wanted) {
    let conflicts = root ? encoded(root, ['', ...reading.selection.extras], reading.selection.groups) : [];
    for (let turn = 0;; turn++) {
        const chosen = { extras: [...reading.selection.extras, ...conflicts], groups: reading.selection.groups };
        // An edge's own extras count for its marker: what it asks for may be what the marker asks about.
        const allowed = (edges) => edges.filter(({ name, extras, marker }) => applies(reading, name, marker, { ...chosen, extras: [...chosen.extras, ...encodedExtras(name, extras)] }));
        const reached = graph_walk(allowed(wanted), (edge) => uv_lock_candidates(reading, packages, edge), (of, extra) => allowed(extra ? tablesAt((0,project_toml/* tableAt */.af)(of, 'optional-dependencies'), spelled(of, extra)).map(uv_lock_readDependency) : dependencies(of, [])));
        const met = [...(root ? [encoded(root, ['', ...reading.selection.extras], reading.selection.groups)] : [])]
            .concat([...reached].map(([entry, extras]) => encoded(entry, [...extras], [])))
            .flat();
        if (turn > 5 || met.every((name) => conflicts.includes(name))) {
            // A virtual package is never installed, only what it depends on.
            return [...reached.keys()]
                .filter((entry) => entry !== root && (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(entry, 'source'), 'virtual') === undefined)
                .map((entry) => uv_lock_readPin(reading.file, entry));
        }
        conflicts = met;
    }
}
/** The names by which uv's conflict markers call an extra, a group and a project: kind, length of the package's name, names. */
function encoded(entry, extras, groups) {
    const name = (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? '');
    return [
        `project-${name.length}-${name}`,
        ...encodedExtras(name, extras.filter(Boolean)),
        ...groups.map((group) => `group-${name.length}-${name}-${(0,project_names/* normalizeName */.P)(group)}`),
    ];
}
function encodedExtras(name, extras) {
    return extras.map((extra) => `extra-${name.length}-${name}-${(0,project_names/* normalizeName */.P)(extra)}`);
}
/** What an edge leads to; where several versions fit, those whose resolution markers hold. */
function uv_lock_candidates(reading, packages, edge) {
    const fitting = packages.filter((entry) => (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? '') === edge.name &&
        (edge.version === undefined || (0,project_toml/* textAt */.$6)(entry, 'version') === edge.version) &&
        (edge.source === undefined || JSON.stringify(entry.source) === edge.source));
    if (fitting.length === 0)
        throw new errors/* UserError */.yo('lock', `${reading.file} needs ${[edge.name, edge.version].filter(Boolean).join(' ')} and does not hold it`, 'Run "uv lock".');
    if (fitting.length === 1)
        return fitting;
    return fitting.filter((entry) => {
        const markers = (0,project_toml/* textsAt */.i1)(entry, 'resolution-markers') ?? [];
        return markers.length === 0 || markers.some((marker) => applies(reading, edge.name, marker));
    });
}
function dependencies(entry, extras) {
    const optional = (0,project_toml/* tableAt */.af)(entry, 'optional-dependencies');
    const wanted = Object.keys(optional).filter(uv_lock_isIn(extras));
    return [...tablesAt(entry, 'dependencies'), ...wanted.flatMap((extra) => tablesAt(optional, extra))].map(uv_lock_readDependency);
}
/** An extra as the package spells it in its table. */
function spelled(entry, extra) {
    return Object.keys((0,project_toml/* tableAt */.af)(entry, 'optional-dependencies')).find(uv_lock_isIn([extra])) ?? extra;
}
function uv_lock_isIn(wanted) {
    const set = new Set(wanted.map(project_names/* normalizeName */.P));
    return (name) => set.has((0,project_names/* normalizeName */.P)(name));
}
function uv_lock_readDependency(entry) {
    return {
        name: (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? ''),
        extras: names((0,project_toml/* textsAt */.i1)(entry, 'extra') ?? (0,project_toml/* textsAt */.i1)(entry, 'extras') ?? []),
        marker: (0,project_toml/* textAt */.$6)(entry, 'marker'),
        version: (0,project_toml/* textAt */.$6)(entry, 'version'),
        source: entry.source === undefined ? undefined : JSON.stringify(entry.source),
    };
}
function uv_lock_readPin(file, entry) {
    const name = (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? '');
    const stated = [...tablesAt(entry, 'wheels'), (0,project_toml/* tableAt */.af)(entry, 'sdist')].flatMap((item) => {
        const hash = (0,project_toml/* textAt */.$6)(item, 'hash');
        return hash ? [{ hash, file: (0,project_toml/* textAt */.$6)(item, 'filename') ?? (0,project_toml/* textAt */.$6)(item, 'url') ?? (0,project_toml/* textAt */.$6)(item, 'path') ?? '' }] : [];
    });
    const source = uv_lock_readSource((0,project_toml/* tableAt */.af)(entry, 'source'));
    const folder = folderOf((0,project_toml/* tableAt */.af)(entry, 'source'));
    return {
        name,
        version: (0,project_toml/* textAt */.$6)(entry, 'version') ?? '',
        files: readHashes(file, name, stated),
        ...(source ? { source } : {}),
        ...(folder === undefined ? {} : { folder }),
    };
}
/** An index that is a folder of files (`find-links`, or `format = "flat"`). */
function folderOf(source) {
    const registry = (0,project_toml/* textAt */.$6)(source, 'registry');
    return registry === undefined || /^[a-z+]+:/i.test(registry) ? undefined : readPath(registry);
}
/** Git addresses are `https://host/x?subdirectory=y&rev=main#commit`. */
function uv_lock_readSource(source) {
    const git = (0,project_toml/* textAt */.$6)(source, 'git');
    if (git !== undefined) {
        const [, url = '', query = '', revision = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(git) ?? [];
        const subdirectory = new URLSearchParams(query).get('subdirectory');
        return { kind: 'git', url, revision, ...(subdirectory ? { subdirectory } : {}) };
    }
    const url = (0,project_toml/* textAt */.$6)(source, 'url');
    if (url !== undefined) {
        const subdirectory = (0,project_toml/* textAt */.$6)(source, 'subdirectory');
        return { kind: 'archive', url: subdirectory ? `${url}#subdirectory=${subdirectory}` : url };
    }
    const path = (0,project_toml/* textAt */.$6)(source, 'path');
    if (path !== undefined)
        return isArchive(path) ? { kind: 'archive', url: readPath(path) } : { kind: 'directory', path: readPath(path) };
    const folder = localPath(source);
    return folder === undefined ? undefined : { kind: 'directory', path: folder };
}

;// CONCATENATED MODULE: ./lib/project/locks/user-lock.js








/** Best first: the standard one, then the tools' own. */
const FORMATS = [
    { pattern: /^pylock\.toml$/, read: readPylock },
    { pattern: /^pylock\.[^.]+\.toml$/, read: readPylock },
    { pattern: /^uv\.lock$/, read: readUvLock },
    { pattern: /^poetry\.lock$/, read: readPoetryLock },
    { pattern: /^pdm\.lock$/, read: readPdmLock },
    { pattern: /^Pipfile\.lock$/, read: readPipfileLock },
];
/**
 * The lock of a project folder. Requirements files with hashes are for the caller to choose.
 * @param files paths relative to the folder; only those in the folder itself count
 * @see PEP 751 for the names pylock.toml and pylock.NAME.toml
 */
function findLock(files) {
    const [file, ...others] = FORMATS.flatMap(({ pattern }) => files.filter((name) => pattern.test(name)).sort());
    return file === undefined ? undefined : { file, why: others.length === 0 ? `the only lock` : `before ${others.join(', ')}` };
}
/**
 * Reads a lock of the user.
 * @param file its path; the name tells the format
 * @param selection extras and groups wanted beside the default dependencies
 * @returns exactly what is installed in this environment
 * @throws UserError with the file (and line and column where the parser tells) for what cannot be read, and
 *   naming the package for what cannot be trusted
 */
function readUserLock(file, text, project, selection, environment) {
    const base = file.split('/').at(-1) ?? '';
    const format = FORMATS.find(({ pattern }) => pattern.test(base));
    if (!format)
        throw new errors/* UserError */.yo('lock', `${file} is no lock that is known`, 'Known are pylock.toml, uv.lock, poetry.lock, pdm.lock and Pipfile.lock.');
    const lock = format.read({ file, text, project, selection, environment });
    return { ...lock, overridden: names([...lock.overridden, ...overridesIn(project.pyproject)]) };
}
/** What pyproject.toml tells uv and PDM to lock against what requires it. */
function overridesIn(pyproject) {
    const tool = (0,project_toml/* tableAt */.af)(pyproject === undefined ? {} : (0,project_toml/* readToml */.D7)('pyproject.toml', pyproject), 'tool');
    const uv = (0,project_toml/* textsAt */.i1)((0,project_toml/* tableAt */.af)(tool, 'uv'), 'override-dependencies') ?? [];
    return [
        ...uv.map((line) => /^[\w.-]+/.exec(line.trim())?.[0] ?? ''),
        ...Object.keys((0,project_toml/* tableAt */.af)(tool, 'pdm', 'resolution', 'overrides')),
    ].filter(Boolean);
}

;// CONCATENATED MODULE: ./lib/project/layout/source-roots.js
/** Where an application without a wheel keeps its modules: its folder is on the path as it is. */
const SOURCE_ONLY = [{ prefix: '', packages: undefined }];
/**
 * Where in the source the modules of the wheel come from.
 * @param source paths of the project's files
 * @param wheel names in the wheel
 * @returns the longest prefix first
 */
function sourceRoots(source, wheel) {
    const places = new Map(); // a file by the end of its path; the shortest path wins
    const byLength = source.filter((file) => file.endsWith('.py')).sort((a, b) => a.length - b.length);
    for (const file of byLength) {
        for (let at = 0;;) {
            const end = file.slice(at);
            if (!places.has(end))
                places.set(end, file);
            const slash = file.indexOf('/', at);
            if (slash < 0)
                break;
            at = slash + 1;
        }
    }
    const found = new Map();
    for (const name of wheel.map(withoutDataFolder).filter((entry) => entry.endsWith('.py'))) {
        const origin = places.get(name);
        if (origin === undefined)
            continue;
        const prefix = origin.slice(0, origin.length - name.length);
        found.set(prefix, (found.get(prefix) ?? new Set()).add(topName(name)));
    }
    return [...found]
        .map(([prefix, packages]) => ({ prefix, packages: [...packages].sort() }))
        .sort((a, b) => b.prefix.length - a.prefix.length || (a.prefix < b.prefix ? -1 : 1));
}
/** Files that a wheel keeps among its data go where the others go. */
function withoutDataFolder(name) {
    return name.replace(/^[^/]+\.data\/(purelib|platlib)\//, '');
}
/** `shop` of `shop/web.py`, `manage` of `manage.py`. */
function topName(inside) {
    return (inside.split('/')[0] ?? '').replace(/\.py$/, '');
}
/** Folders of a package that hold no application: tests, examples, database migrations. */
const ASIDE = /(^|\.)(tests?|testing|conftest|examples?|migrations|docs?|benchmarks?|node_modules)(\.|$)|(^|\.)(test_[^.]*|[^.]*_test)$|^setup$/;
/**
 * The modules of the source that the wheel holds, and which may hold an application.
 * @param inWheel names in the wheel, where it is at hand
 */
function modulesOf(source, roots, inWheel) {
    const held = inWheel && new Set(inWheel.map(withoutDataFolder));
    return source.flatMap((file) => {
        if (!file.endsWith('.py'))
            return [];
        const root = roots.find(({ prefix, packages }) => file.startsWith(prefix) && (packages?.includes(topName(file.slice(prefix.length))) ?? true));
        const inside = root && file.slice(root.prefix.length);
        if (inside === undefined || (held && !held.has(inside)))
            return [];
        const name = inside
            .replace(/\.py$/, '')
            .replace(/\/__init__$/, '')
            .replaceAll('/', '.');
        return /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name) && !ASIDE.test(name) ? [{ name, file }] : [];
    });
}

;// CONCATENATED MODULE: ./lib/project/application/import-roots.js

/**
 * Folders of a source without a wheel that its modules are imported from, those that are named first; the last one is the
 * project's folder. In this order: that of manage.py, those that pytest is told, `src/` where it holds packages.
 * @see https://docs.pytest.org/en/stable/reference/reference.html#confval-pythonpath
 * @see https://packaging.python.org/en/latest/discussions/src-layout-vs-flat-layout/
 */
function importRoots({ files, settings, pytest }) {
    const ofSite = settings === undefined ? [] : siteRoots(files, settings.replaceAll('.', '/'));
    const named = pytest
        .map((folder) => folder.replace(/^\.(\/|$)/, '').replace(/\/*$/, '/'))
        .filter((at) => at !== '/' && files.some((file) => file.startsWith(at)));
    const src = !files.includes('src/__init__.py') && files.some((file) => /^src\/[^/]+\/__init__\.py$/.test(file)) ? ['src/'] : [];
    return asRoots([...ofSite.slice(0, 1), ...named, ...src]);
}
/** Folders that hold Django's settings by their name, those with a manage.py first, then by their depth. */
function siteRoots(files, site) {
    const holding = files.flatMap((file) => {
        const end = [`${site}.py`, `${site}/__init__.py`].find((one) => file === one || file.endsWith(`/${one}`));
        return end === undefined ? [] : [file.slice(0, file.length - end.length)];
    });
    const managed = (at) => Number(files.includes(`${at}manage.py`));
    return [...holding].sort((a, b) => managed(b) - managed(a) || a.length - b.length);
}
/** Roots by their prefixes, the project's folder at the end. */
function asRoots(prefixes) {
    const found = [...new Set(prefixes)].filter(Boolean);
    return [...found.map((prefix) => ({ prefix, packages: undefined })), ...SOURCE_ONLY];
}
/**
 * The folder that a module's own imports are of: of those above it the one that holds most of what the module imports
 * and no other one does. `src/main.py` that says `from config import …` is imported from `src/`, where config.py is beside it.
 * @param text of the module
 * @returns e.g. `src/`; undefined where its imports tell nothing
 */
function rootByImports({ file }, text, files) {
    const imported = [...text.matchAll(/^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)/gm)].map((match) => match[1] ?? '');
    const folders = file.split('/').slice(0, -1);
    const above = folders.map((_, i) => `${folders.slice(0, folders.length - i).join('/')}/`);
    const holds = (at, name) => files.some((one) => one === `${at}${name}.py` || one.startsWith(`${at}${name}/`));
    const votes = ['', ...above].map((at) => ({
        at,
        count: new Set(imported.filter((name) => holds(at, name) && ![...above, ''].some((other) => other !== at && holds(other, name)))).size,
    }));
    const [best] = votes.sort((a, b) => b.count - a.count);
    return best && best.count > 0 ? best.at : undefined;
}

;// CONCATENATED MODULE: ./lib/project/application/procfile.js

/** The processes that a Procfile names. */
function procfileLines(text = '') {
    return text.split(/\r\n|\r|\n/).flatMap((line) => {
        const [, name = '', command = ''] = /^([A-Za-z0-9_-]+):\s*(.*\S)\s*$/.exec(line) ?? [];
        return command === '' ? [] : [{ name, line: command }];
    });
}
/** The start command that the project's files name: a Procfile's web process, else `command` of its table. */
function startLine(procfile, settings) {
    const web = procfileLines(procfile).find(({ name }) => name === 'web');
    if (web)
        return { line: web.line, from: 'Procfile' };
    const own = (0,project_toml/* textAt */.$6)(settings, 'command') ?? (0,project_toml/* textsAt */.i1)(settings, 'command');
    return own?.length ? { line: own, from: 'pyproject.toml [tool.pypackager]' } : undefined;
}

;// CONCATENATED MODULE: ./lib/project/application/test-settings.js
const TEST = ['test', 'testing', 'tests', 'ci'];
const DEV = ['dev', 'development', 'local'];
/**
 * The settings that tests and development run with: what pytest's configuration names, else the module beside the
 * release's settings that says so by its name, as `mysite.settings.test` beside `mysite.settings.release`, or
 * `mysite.test_settings` beside `mysite.settings`.
 * @param files paths of the source
 * @param release the release's DJANGO_SETTINGS_MODULE
 * @param pytest what `pytestSettings` gave
 * @see https://pytest-django.readthedocs.io/en/latest/configuring_django.html
 */
function otherSettings(files, release, pytest) {
    const beside = (names) => (release === undefined ? undefined : siblingSettings(files, release, names));
    return { test: pytest ?? beside(TEST), dev: beside(DEV) };
}
function siblingSettings(files, release, names) {
    const parts = release.split('.');
    const [folder, last] = [parts.slice(0, -1), parts.at(-1) ?? ''];
    const candidates = names.flatMap((name) => [
        [...folder, name],
        ...(last === 'settings' ? [[...parts, name]] : []),
        [...folder, `${name}_settings`],
        [...folder, `settings_${name}`],
    ]);
    // Only a package of settings has siblings that are settings: `tests` beside `settings` is the project's tests.
    const fitting = candidates.filter((module) => module.slice(0, -1).includes('settings') || /settings/.test(module.at(-1) ?? ''));
    const exists = (module) => files.some((file) => `/${file}`.endsWith(`/${module.join('/')}.py`));
    return fitting.find(exists)?.join('.');
}
/** The settings that pytest's configuration names, in the order in which pytest looks for it. */
function pytestSettings(texts) {
    return pytestTables(texts).flatMap((body) => /^[ \t]*DJANGO_SETTINGS_MODULE[ \t]*=\s*["']?([\w.]+)/m.exec(body)?.[1] ?? [])[0];
}
/** Folders that pytest imports from, relative to the project. @see https://docs.pytest.org/en/stable/reference/reference.html#confval-pythonpath */
function pytestPaths(texts) {
    const given = pytestTables(texts).flatMap((body) => /^[ \t]*pythonpath[ \t]*=[ \t]*(\[[^\]]*\]|.*(?:\n[ \t]+\S.*)*)/m.exec(body)?.[1] ?? [])[0];
    return (given ?? '').split(/[\s,"'[\]]+/).filter((folder) => folder !== '' && !/^\/|(^|\/)\.\.(\/|$)|#/.test(folder));
}
/** The tables of pytest's configuration. */
function pytestTables(texts) {
    const places = [
        ['pytest.ini', /^\[pytest\]$/m],
        ['pyproject.toml', /^\[tool\.pytest\.ini_options\]$/m],
        ['tox.ini', /^\[pytest\]$/m],
        ['setup.cfg', /^\[tool:pytest\]$/m],
    ];
    return places.map(([file, section]) => {
        const text = texts.get(file) ?? '';
        const at = text.search(section);
        return at < 0 ? '' : (text.slice(at).split(/^\[/m)[1] ?? '');
    });
}

;// CONCATENATED MODULE: ./lib/project/layout/compiled-backends.js

/** What is required to build extension modules, and for nothing else. */
const COMPILERS = new Set([
    'cffi',
    'cmake',
    'cython',
    'maturin',
    'meson-python',
    'nanobind',
    'ninja',
    'numpy',
    'pybind11',
    'scikit-build',
    'scikit-build-core',
    'setuptools-rust',
]);
const EXTENSIONS = /\b(ext_modules|ext_package|cffi_modules|rust_extensions|libraries)\s*=(?!\s*(?:\[\s*\]|None))|\bExtension\(|cythonize\(|^[ \t]*\[\[?tool\.setuptools\.ext-modules/m;
/**
 * Whether a project's own wheel needs a compiler, as its build requirements and its files say. A setup.py may
 * still surprise: then the build on base fails, and is done again in the builder.
 * @param definition texts of pyproject.toml, setup.cfg and setup.py
 */
function isCompiled(buildRequires, definition) {
    const names = buildRequires.map((line) => (0,project_names/* normalizeName */.P)(/^[A-Za-z0-9][\w.-]*/.exec(line.trim())?.[0] ?? ''));
    return names.some((name) => COMPILERS.has(name)) || EXTENSIONS.test(definition.replace(/^[ \t]*#.*$/gm, ''));
}

;// CONCATENATED MODULE: ./lib/project/application/entry-points.js
/** Longest line that is read, in characters. */
const entry_points_LONGEST = 1000;
/**
 * Console scripts of a wheel's entry_points.txt: name → what it calls, e.g. `hello` → `hello_cli.main:main`.
 * @see https://packaging.python.org/specifications/entry-points/
 */
function consoleScripts(text) {
    let section = '';
    const scripts = [];
    for (const [raw] of text.matchAll(/[^\r\n]+/g)) {
        if (raw.length > entry_points_LONGEST)
            continue;
        const line = raw.trim();
        const head = /^\[(.+)\]$/.exec(line);
        if (head)
            section = (head[1] ?? '').trim();
        // What follows are extras that it would need.
        const pair = /^([^#;=][^=]*)=\s*([\w.]+(?:\s*:\s*[\w.]+)?)/.exec(line);
        if (section === 'console_scripts' && pair)
            scripts.push([(pair[1] ?? '').trimEnd(), (pair[2] ?? '').replace(/\s/g, '')]);
    }
    return Object.fromEntries(scripts);
}

;// CONCATENATED MODULE: ./lib/project/layout/declared.js



/** Reads what setup.cfg and setup.py say as literals, and the scripts of pyproject.toml. */
function readDeclared({ pyproject, cfg, setup }) {
    const tables = [(0,project_toml/* tableAt */.af)(pyproject, 'project', 'scripts'), (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry', 'scripts')];
    const named = tables.flatMap((table) => Object.entries(table)).filter((entry) => typeof entry[1] === 'string');
    const listed = [...indentedValue(cfg, 'console_scripts'), ...literals(setup, /console_scripts["']?\s*[:=]\s*\[([^\]]*)\]/)];
    return {
        scripts: { ...consoleScripts(`[console_scripts]\n${listed.join('\n')}`), ...Object.fromEntries(named) },
        requires: [...indentedValue(cfg, 'install_requires'), ...literals(setup, /install_requires\s*=\s*\[([^\]]*(?:\[[^\]]*\][^\]]*)*)\]/)],
    };
}
/** The lines of a value in setup.cfg: what follows its `=`, and the indented lines below. */
function indentedValue(text, key) {
    const lines = text.split('\n');
    const at = lines.findIndex((line) => line.startsWith(key) && line.slice(key.length).trimStart().startsWith('='));
    if (at < 0)
        return [];
    const below = lines.slice(at + 1);
    const end = below.findIndex((line) => !/^[ \t]/.test(line) && !line.startsWith('#'));
    const value = [(lines[at] ?? '').slice((lines[at] ?? '').indexOf('=') + 1), ...(end < 0 ? below : below.slice(0, end))];
    return value.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}
/** The texts in a list of Python. */
function literals(text, list) {
    return [...(list.exec(text)?.[1] ?? '').matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map((match) => match[1] ?? match[2] ?? '');
}
/** Packages that bring others which a start is found by. */
const BRINGS = {
    fastapi: ['starlette'],
    'fastapi[standard]': ['uvicorn'],
    'fastapi[all]': ['uvicorn'],
    'fastapi-cli': ['uvicorn'],
    'litestar[standard]': ['uvicorn'],
    quart: ['hypercorn'],
    'channels[daphne]': ['daphne'],
    dash: ['flask'],
    apiflask: ['flask'],
};
/** Names of the packages that requirement lines name, with those that these are known to bring. */
function likelyPackages(lines) {
    const found = lines.flatMap((line) => {
        const [, name = '', extras = ''] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?/.exec(line) ?? [];
        const package_ = (0,project_names/* normalizeName */.P)(name);
        if (package_ === '')
            return [];
        const brought = [package_, ...extras.split(',').map((extra) => `${package_}[${(0,project_names/* normalizeName */.P)(extra)}]`)].flatMap((one) => BRINGS[one] ?? []);
        return [package_, ...brought, ...(package_.startsWith('flask-') ? ['flask'] : [])];
    });
    return [...new Set(found)];
}
/** Names of the packages in a lock, whatever tool wrote it. */
function namesInLock(file, text) {
    const pattern = file.endsWith('.toml') || /(^|\/)(uv|poetry|pdm)\.lock$/.test(file)
        ? /^name = "([^"\n]+)"/gm
        : file.endsWith('Pipfile.lock')
            ? /^ {8}"([^"\n]+)": \{/gm
            : /^([A-Za-z0-9][\w.-]*)(?:\[[^\]\n]*\])? *(?:==|@)/gm;
    return [...new Set([...text.matchAll(pattern)].map((match) => (0,project_names/* normalizeName */.P)(match[1] ?? '')))];
}

;// CONCATENATED MODULE: ./lib/project/layout/reads-above.js

/** Tables of tools that build; those of tools for developers name what lies above as well, and no build reads it. */
const reads_above_BUILDING = [
    ['hatch', 'build'],
    ['hatch', 'metadata'],
    ['setuptools'],
    ['pdm', 'build'],
    ['pdm', 'version'],
    ['poetry', 'readme'],
    ['poetry', 'license'],
    ['poetry', 'include'],
    ['poetry', 'packages'],
    ['poetry', 'build'],
    ['flit'],
    ['scikit-build'],
    ['maturin'],
    ['meson-python'],
    ['uv', 'build-backend'],
    ['versioningit'],
];
/** Code that goes up: `../x`, `os.pardir`, the folder of a folder. That of the file itself (`abspath(__file__)/..`) is not above. */
const GOES_UP = /['"]\.\.[/\\'"]|\.parent\.parent\b|\bparents\[\s*[1-9]|\bos\.pardir\b|\bdirname\(\s*(?:os\.path\.)?dirname\(/;
const OF_ITSELF = /abspath\(\s*__file__\s*\)\s*,\s*os\.pardir/g;
/**
 * What building a project reads above its folder, as far as its files say it: a readme or licence, what hatch includes by
 * force, packages and data of other folders, code of setup.py that goes up.
 * @param text gives the text of a file of the project
 * @returns the first sign; undefined for none
 * @see https://hatch.pypa.io/latest/config/build/#forced-inclusion
 */
function readsAbove(pyproject, text) {
    const project = (0,project_toml/* tableAt */.af)(pyproject, 'project');
    const metadata = [
        (0,project_toml/* textAt */.$6)(project, 'readme') ?? (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(project, 'readme'), 'file'),
        (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(project, 'license'), 'file'),
        ...((0,project_toml/* textsAt */.i1)(project, 'license-files') ?? []),
    ];
    const tool = (0,project_toml/* tableAt */.af)(pyproject, 'tool');
    const tables = reads_above_BUILDING.flatMap((keys) => textsIn((0,project_toml/* tableAt */.af)(tool, ...keys.slice(0, -1))[keys.at(-1) ?? '']));
    const place = [...metadata, ...tables].find((one) => one !== undefined && leadsUp(one));
    if (place !== undefined)
        return { by: 'pyproject.toml', place };
    const code = (text('setup.py') ?? '').replace(/^[ \t]*#.*$/gm, '').replace(OF_ITSELF, '');
    if (GOES_UP.test(code))
        return { by: 'setup.py', place: undefined };
    const cfg = /(?:^|[\s:=,])(\.\.\/[^\s,]*)/.exec((text('setup.cfg') ?? '').replace(/^[ \t]*[#;].*$/gm, ''))?.[1];
    return cfg === undefined ? undefined : { by: 'setup.cfg', place: cfg };
}
/** Every text of a value, keys of tables among them: hatch's force-include has its sources there. */
function textsIn(value, depth = 0) {
    if (typeof value === 'string')
        return [value];
    if (typeof value !== 'object' || value === null || depth > 8)
        return [];
    if (Array.isArray(value))
        return value.flatMap((item) => textsIn(item, depth + 1));
    return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item, depth + 1)]);
}
function leadsUp(place) {
    return /^(?:\.\/)*\.\.(?:[/\\]|$)/.test(place);
}

;// CONCATENATED MODULE: ./lib/project/locked-python.js




/**
 * What a lock says of the Python that it is for, before anything of it is chosen.
 * @param file its name tells the format
 * @returns a PEP 440 specifier, or alternatives with `||`; undefined where the lock tells none, and where it cannot be
 * read: whoever follows it says what is wrong with it
 */
function lockedPython(file, text) {
    const name = file.split('/').at(-1) ?? '';
    if (name === 'Pipfile.lock')
        return ofPipenv((0,project_toml/* tableAt */.af)(locked_python_readJson(text), 'lock'));
    const lock = readTomlIfAny(file, text);
    if (name === 'poetry.lock')
        return toRanges((0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(lock, 'metadata'), 'python-versions') ?? '*') || undefined;
    if (name === 'pdm.lock')
        return ofPdm((0,project_toml/* tableAt */.af)(lock, 'metadata'));
    return (0,project_toml/* textAt */.$6)(lock, 'requires-python');
}
/** Pipenv names one Python; of a full version the release of the image's Python may be another. */
function ofPipenv(lock) {
    const requires = (0,project_toml/* tableAt */.af)(lock, '_meta', 'requires');
    const version = (0,project_toml/* textAt */.$6)(requires, 'python_full_version') ?? (0,project_toml/* textAt */.$6)(requires, 'python_version') ?? '';
    const series = /^3\.\d+/.exec(version)?.[0];
    return series === undefined ? undefined : `==${series}.*`;
}
/** Several targets are alternatives. */
function ofPdm(metadata) {
    const targets = new Set(tablesAt(metadata, 'targets').map((target) => (0,project_toml/* textAt */.$6)(target, 'requires_python') ?? ''));
    return targets.size === 0 || targets.has('') ? undefined : [...targets].join(' || ');
}
function readTomlIfAny(file, text) {
    try {
        return (0,project_toml/* readToml */.D7)(file, text);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        return {};
    }
}
function locked_python_readJson(text) {
    try {
        return { lock: JSON.parse(text.replace(/^\uFEFF/, '')) };
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        return {};
    }
}

;// CONCATENATED MODULE: ./lib/project/no-project.js


/** Says what was looked for, and of what is there what to do with it. */
function noMetadata(tree, pyproject) {
    const where = tree.folder === '.' ? 'the workspace' : `"${tree.folder}"`;
    const known = ALONE.find(({ file }) => tree.files.some((one) => file.test(one)));
    const script = [...tree.texts].find(([file, text]) => file.endsWith('.py') && /^# \/\/\/ script\s*$/m.test(text))?.[0];
    const several = tree.files.filter((file) => /^requirements[^/]*\.txt$/.test(file));
    if (several.length <= 1 && (known || script)) {
        const next = known?.next ?? `Write them as [project] dependencies of a pyproject.toml, or as requirements.txt ("uv export --script ${script}").`;
        return new errors/* UserError */.yo('project', `${known?.says ?? `${script} states its dependencies as a script (PEP 723)`} in ${where}, which is not read`, next);
    }
    if (tree.files.length === 0) {
        return new errors/* UserError */.yo('project', `there are no files in ${where}`, 'In a workflow, run actions/checkout before this step; else set path.');
    }
    return new errors/* UserError */.yo('project', Object.keys(pyproject).length > 0
        ? `pyproject.toml in ${where} has neither [project] nor [build-system], and there is no setup.py`
        : `no pyproject.toml, setup.py, setup.cfg or requirements.txt in ${where} or its src/`, several.length > 1 ? `Say which of ${several.join(', ')} counts in the input requirements.` : elsewhere(tree));
}
const MOST_FOLDERS = 6;
/** Folders below that look like projects, the uppermost first. */
function elsewhere({ folder, files }) {
    const found = files.flatMap((file) => /^((?:[^/]+\/){1,3})(?:pyproject\.toml|setup\.py|setup\.cfg|requirements\.txt|Pipfile\.lock)$/.exec(file)?.[1] ?? []);
    const folders = [...new Set(found.filter((one) => !/(^|\/)(node_modules|tests?|docs?|examples?|\.[^/]*)\//.test(one)))]
        .map((one) => `${folder === '.' ? '' : `${folder}/`}${one.slice(0, -1)}`)
        .sort((one, other) => one.split('/').length - other.split('/').length || (one < other ? -1 : 1));
    if (folders.length === 0) {
        const code = files.some((file) => file.endsWith('.py'));
        return `${code ? 'Name what it installs in requirements.txt (such as Django and gunicorn), or set' : 'Set'} path to the folder that holds the project.`;
    }
    if (folders.length === 1)
        return `Set path to ${folders[0]}, which has one.`;
    return `Set path to one that has: ${(0,words/* listed */.KE)(folders, MOST_FOLDERS)}.`;
}
/** What some keep instead of metadata. */
const ALONE = [
    { file: /^Pipfile$/, says: 'there is a Pipfile without its Pipfile.lock', next: 'Run "pipenv lock" and commit Pipfile.lock.' },
    {
        file: /^(environment|conda)[^/]*\.ya?ml$/,
        says: 'there is the environment of conda',
        next: 'State what pip installs in requirements.txt or pyproject.toml; libraries of Debian go to the input runtime-packages.',
    },
    {
        file: /^(pixi\.toml|pixi\.lock)$/,
        says: 'there is a workspace of pixi',
        next: 'State what pip installs in requirements.txt or pyproject.toml.',
    },
    {
        file: /^requirements[^/]*\.in$/,
        says: 'there is a requirements.in that nothing was compiled from',
        next: 'Run "pip-compile" or "uv pip compile" and commit requirements.txt, or name the file in the input requirements.',
    },
];

;// CONCATENATED MODULE: ./lib/project/project.js


















/** Files whose text is read, where they exist. */
const READ = [
    'pyproject.toml',
    'setup.cfg',
    'setup.py',
    'Procfile',
    'manage.py',
    '.python-version',
    '.tool-versions',
    'runtime.txt',
    'pytest.ini',
    'tox.ini',
];
/** PEP 517: what a project without a [build-system] table is built with. */
const LEGACY_BUILD = ['setuptools>=40.8.0'];
/**
 * Reads a project.
 * @param fallbackName used where no file states a name literally: the folder's or the repository's
 * @param given requirements files that the user names, relative to the project folder
 * @param wheel `never` where its source is taken, whatever its metadata say
 * @throws UserError for invalid TOML, for a folder without metadata or requirements, and for a requirements file that is missing
 */
function readProject(tree, fallbackName, given = [], wheel = 'auto') {
    const texts = readTexts(tree);
    const { text, pyproject, cfg, setup } = texts;
    const found = given.length > 0 ? given : findRequirements(tree.files);
    const requirements = found.length > 0 ? { ...readRequirements(found, tree.texts, tree.files, given.length > 0), given: given.length > 0 } : undefined;
    const metadataFile = definingFile(tree, pyproject, cfg);
    const lock = given.length > 0 ? undefined : ownLock(tree, pyproject);
    const definedBy = metadataFile ?? lock?.file ?? requirements?.files[0];
    if (definedBy === undefined)
        throw noMetadata(tree, pyproject);
    const poetry = (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry');
    const groups = readGroups(pyproject);
    const beside = {
        files: tree.files,
        setup: tree.texts.has('setup.py') || hasSections(cfg),
        uv: /(^|\/)uv\.lock$/.test(lock?.file ?? ''),
    };
    const source = wheel === 'never' ? WITHOUT_WHEEL : sourceOnly(metadataFile, definedBy, pyproject, beside);
    const django = readDjango(tree.texts);
    const unknown = untold(metadataFile, pyproject, source);
    const above = tree.folder === '.' ? undefined : readsAbove(pyproject, text);
    const { name, nameFrom } = nameOf(texts, fallbackName);
    return {
        folder: tree.folder,
        name,
        nameFrom,
        definedBy,
        sourceOnly: source?.reason,
        ...(source && { wheelBy: source.change }),
        ...(above && !source && { above }),
        assumedBackend: metadataFile === 'pyproject.toml' && !source && !('build-system' in pyproject),
        declared: readDeclared({ pyproject, cfg: text('setup.cfg') ?? '', setup }),
        metadata: staticMetadata(pyproject, name, lock !== undefined),
        ...(unknown !== undefined && { unknownRequires: unknown }),
        requirements,
        lock,
        requirementsLock: requirements?.hashed ? requirementsLock(found, requirements.files, text) : undefined,
        groups: { ...groups, ...poetryGroups(poetry, lock !== undefined, groups) },
        ...buildOf(texts),
        ...pythonsOf(tree, texts, lock),
        django,
        pytestSettings: pytestSettings(tree.texts),
        roots: importRoots({ files: tree.files, settings: django?.settings, pytest: pytestPaths(tree.texts) }),
        start: startLine(text('Procfile'), (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'pypackager')),
        processes: procfileLines(text('Procfile')).filter(({ name }) => name !== 'web'),
        definition: ['pyproject.toml', 'setup.cfg', 'setup.py', ...(requirements?.files ?? []), ...(lock ? [lock.file] : [])]
            .map((file) => `${file}\n${text(file) ?? ''}`)
            .join('\n'),
    };
}
function readTexts(tree) {
    const text = (name) => tree.texts.get(name);
    const written = text('pyproject.toml');
    const shown = tree.folder === '.' ? 'pyproject.toml' : `${tree.folder}/pyproject.toml`;
    const pyproject = written === undefined ? {} : (0,project_toml/* readToml */.D7)(shown, written);
    return { text, pyproject, cfg: readIni(text('setup.cfg') ?? ''), setup: text('setup.py') ?? '' };
}
/** @param fallback the folder's name or the repository's */
function nameOf({ pyproject, cfg, setup }, fallback) {
    const names = [
        [(0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(pyproject, 'project'), 'name') ?? (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry'), 'name'), 'pyproject.toml'],
        [cfg.get('metadata.name'), 'setup.cfg'],
        [literalArgument(setup, 'name'), 'setup.py'],
        [fallback, 'the folder: no file states the name literally'],
    ];
    const [name = 'app', nameFrom] = names.find(([value]) => value) ?? ['app', 'nothing'];
    return { name: (0,project_names/* normalizeName */.P)(name), nameFrom };
}
function buildOf({ text, pyproject }) {
    const buildRequires = (0,project_toml/* textsAt */.i1)((0,project_toml/* tableAt */.af)(pyproject, 'build-system'), 'requires') ?? LEGACY_BUILD;
    const definitions = ['pyproject.toml', 'setup.cfg', 'setup.py'].map((file) => text(file) ?? '');
    return { buildRequires, compiled: isCompiled(buildRequires, definitions.join('\n')) };
}
function pythonsOf(tree, { pyproject, cfg, setup }, lock) {
    const python = readPythonFiles(pythonFiles(tree.texts));
    return {
        requiresPython: (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(pyproject, 'project'), 'requires-python') ??
            cfg.get('options.python_requires') ??
            literalArgument(setup, 'python_requires') ??
            poetryPython((0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry')),
        lockedPython: lock && lockedPython(lock.file, lock.texts[lock.file] ?? ''),
        python: python.named,
        unreadPython: python.unread,
    };
}
const WITHOUT_WHEEL = { reason: 'wheel: never says so', change: 'that setting decides' };
/** Why nothing tells what a project without a wheel requires: setup.py and setup.cfg are read by setuptools alone. */
function untold(metadataFile, pyproject, source) {
    if (source === WITHOUT_WHEEL && /^setup\./.test(metadataFile ?? ''))
        return `${metadataFile} leaves its dependencies to setuptools`;
    return unknownRequires(pyproject);
}
/** The file that holds the metadata; undefined where none does: pyproject.toml and setup.cfg may hold settings of tools alone. */
function definingFile(tree, pyproject, cfg) {
    const { project, 'build-system': build } = pyproject;
    if (project !== undefined || build !== undefined || 'poetry' in (0,project_toml/* tableAt */.af)(pyproject, 'tool'))
        return 'pyproject.toml';
    if (tree.texts.has('setup.py'))
        return 'setup.py';
    return hasSections(cfg) ? 'setup.cfg' : undefined;
}
/** setup.cfg may hold settings of tools alone. */
function hasSections(cfg) {
    return [...cfg.keys()].some((key) => /^(metadata|options)\./.test(key));
}
function sourceOnly(metadataFile, definedBy, pyproject, beside) {
    if (metadataFile === 'pyproject.toml')
        return sourceOnlyOf(pyproject, beside);
    if (metadataFile !== undefined)
        return undefined;
    return { reason: `it has ${definedBy} and no metadata`, change: 'a pyproject.toml with [project] and [build-system] gives it one' };
}
/** The lock beside the project, else that of uv's workspace above it. */
function ownLock(tree, pyproject) {
    const name = (0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(pyproject, 'project'), 'name');
    const above = [...tree.texts].find(([file, text]) => /^(\.\.\/)+uv\.lock$/.test(file) && name !== undefined && locksPackage(text, name))?.[0];
    const found = findLock(tree.files);
    const file = found?.file ?? above;
    const text = file === undefined ? undefined : tree.texts.get(file);
    if (file === undefined || text === undefined)
        return undefined;
    return { file, texts: { [file]: text }, ...(found?.why.startsWith('before') && { why: found.why }) };
}
function locksPackage(text, name) {
    return [...text.matchAll(/^name = "([^"]+)"$/gm)].some((match) => (0,project_names/* normalizeName */.P)(match[1] ?? '') === (0,project_names/* normalizeName */.P)(name));
}
function requirementsLock(entries, files, text) {
    const texts = Object.fromEntries(files.map((file) => [file, text(file) ?? '']));
    if (entries.length === 1)
        return { file: entries[0] ?? '', texts };
    const file = entries.join(', ');
    return { file, texts: { ...texts, [file]: entries.map((entry) => `-r ${entry}`).join('\n') } };
}
/** Nearest first, as pyenv and uv look for them; runtime.txt belongs to the application. */
function pythonFiles(texts) {
    const levels = [...texts.keys()].flatMap((file) => /^((?:\.\.\/)*)\.(?:python-version|tool-versions)$/.exec(file)?.[1] ?? []);
    const order = [...new Set(['', ...levels.sort((one, other) => one.length - other.length)])];
    const names = order.flatMap((level) => [`${level}.python-version`, `${level}.tool-versions`, ...(level === '' ? ['runtime.txt'] : [])]);
    return new Map(names.flatMap((name) => (texts.has(name) ? [[name, texts.get(name) ?? '']] : [])));
}
/**
 * A keyword argument that setup.py gives as a plain string; anything computed is left to the built wheel.
 * The call of setup() is asked first: an Extension above it has a name too.
 */
function literalArgument(setup, argument) {
    const pattern = new RegExp(`^[ \\t]*(?:[\\w.]*\\bsetup\\(\\s*)?${argument}\\s*=\\s*(['"])([^'"\\n]+)\\1\\s*[,)]`, 'm');
    const call = setup.search(/^[ \t]*(?:[\w.]*\.)?setup\(/m);
    return (call < 0 ? undefined : pattern.exec(setup.slice(call))?.[2]) ?? pattern.exec(setup)?.[2];
}

;// CONCATENATED MODULE: ./lib/project/tools/uv-settings.js


const NO_SETTINGS = {
    constraints: [],
    overrides: [],
    buildConstraints: [],
    links: [],
    withoutIndex: false,
    options: [],
    ignored: [],
};
/** The words are fixed, so that no text of a project becomes another option. */
const OPTIONS = {
    prerelease: ['disallow', 'allow', 'if-necessary', 'explicit', 'if-necessary-or-explicit'],
    resolution: ['highest', 'lowest', 'lowest-direct'],
};
const uv_settings_IGNORED = [
    'exclude-dependencies',
    'dependency-metadata',
    'exclude-newer',
    'exclude-newer-package',
    'index-strategy',
    'no-binary-package',
    'no-build-package',
];
/**
 * Reads the settings of [tool.uv] that decide over versions.
 * @param uv that table, of the workspace's root for its members
 * @see https://docs.astral.sh/uv/reference/settings/
 */
function readUvSettings(uv) {
    const given = Object.entries(OPTIONS).map(([key, words]) => ({ key, words, value: (0,project_toml/* textAt */.$6)(uv, key) ?? '' }));
    const lists = ['constraint-dependencies', 'override-dependencies', 'build-constraint-dependencies'];
    const [constraints = [], overrides = [], buildConstraints = []] = lists.map((key) => ((0,project_toml/* textsAt */.i1)(uv, key) ?? []).filter(isRequirement));
    const found = (0,project_toml/* textsAt */.i1)(uv, 'find-links') ?? [];
    const links = found.every((link) => !/^[a-z][a-z0-9+.-]*:|\$\{/i.test(link)) ? found : [];
    return {
        constraints,
        overrides,
        buildConstraints,
        links,
        withoutIndex: uv['no-index'] === true && links.length > 0,
        options: given.flatMap(({ key, words, value }) => (words.includes(value) ? [`--${key}`, value] : [])),
        ignored: [
            ...lists.filter((key) => key in uv && !(Array.isArray(uv[key]) && uv[key].every(isRequirement))),
            ...given.filter(({ key, words, value }) => key in uv && !words.includes(value)).map(({ key }) => key),
            ...['find-links', 'no-index'].filter((key) => key in uv && uv[key] !== false && links.length === 0),
            ...uv_settings_IGNORED.filter((key) => key in uv),
        ],
    };
}
/**
 * What is told where `uv sync` installs groups by itself, and a release does not: they are mostly for developers.
 * @param asked groups that are installed
 * @returns undefined where nothing but `dev`, uv's own default, is left out
 * @see https://docs.astral.sh/uv/concepts/projects/dependencies/#default-groups
 */
function defaultGroupsNotice(pyproject, asked) {
    const uv = (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'uv');
    const all = uv['default-groups'] === 'all' ? Object.keys((0,project_toml/* tableAt */.af)(pyproject, 'dependency-groups')) : [];
    const defaults = ((0,project_toml/* textsAt */.i1)(uv, 'default-groups') ?? all).map(project_names/* normalizeName */.P);
    const left = defaults.filter((name) => name !== 'dev' && !asked.map(project_names/* normalizeName */.P).includes(name));
    if (left.length === 0)
        return undefined;
    const words = left.map((name) => `group:${name}`).join(', ');
    return `[tool.uv] default-groups names ${left.join(', ')}, which uv sync installs; a release has the groups that the input extras names (extras: ${words}).`;
}
/** One line that begins with a name: nothing of it is an option of a requirements file (PEP 508). */
function isRequirement(line) {
    return typeof line === 'string' && /^\s*[A-Za-z0-9][^\n\r]*$/.test(line) && !/\s--?[a-z]/.test(line);
}

;// CONCATENATED MODULE: ./lib/project/tools/uv-sources.js






/**
 * The sources that count for a project here, by normalised name; those of the workspace's root where it has none of
 * its own. A name whose sources are all for other machines, extras or groups has none: it comes from an index, as with uv.
 * @returns a function that gives one, so that only a source that is wanted can be an error
 * @throws UserError (of that function) where it cannot be followed: an index must not answer in its place
 * @see https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources
 */
function uvSources(member, choice) {
    const places = [member, ...(member.root ? [member.root] : [])].map(({ pyproject, folder }) => ({
        folder,
        sources: new Map(Object.entries((0,project_toml/* tableAt */.af)(pyproject, 'tool', 'uv', 'sources')).map(([name, written]) => [
            (0,project_names/* normalizeName */.P)(name),
            (Array.isArray(written) ? written : [written]),
        ])),
    }));
    return (name) => {
        const place = places.find(({ sources }) => sources.has(name));
        const entry = place?.sources.get(name)?.find((written) => counts(written, choice));
        return place && entry ? read(name, entry, place.folder) : undefined;
    };
}
function counts(written, { environment, chosen }) {
    const among = (key, names) => {
        const name = (0,project_toml/* textAt */.$6)(written, key);
        return name === undefined || names.map(project_names/* normalizeName */.P).includes((0,project_names/* normalizeName */.P)(name));
    };
    return holds((0,project_toml/* textAt */.$6)(written, 'marker') ?? '', environment, chosen) && among('extra', chosen.extras) && among('group', chosen.groups);
}
function read(name, written, base) {
    const [git, folder, url, index] = ['git', 'path', 'url', 'index'].map((key) => (0,project_toml/* textAt */.$6)(written, key));
    const subdirectory = (0,project_toml/* textAt */.$6)(written, 'subdirectory');
    const local = (source) => ({ kind: 'local', source, base });
    if (written.workspace === true)
        return local({ kind: 'workspace' });
    if (written.workspace === false)
        return undefined;
    if (git) {
        const revision = (0,project_toml/* textAt */.$6)(written, 'rev') ?? (0,project_toml/* textAt */.$6)(written, 'tag') ?? (0,project_toml/* textAt */.$6)(written, 'branch') ?? '';
        return local({ ...readGit(git), revision, ...(subdirectory ? { subdirectory } : {}) });
    }
    if (url)
        return { kind: 'address', url: subdirectory ? `${url}#subdirectory=${subdirectory}` : url };
    if (index)
        return { kind: 'index', index };
    if (folder === undefined)
        throw unfollowed(name, `{ ${Object.keys(written).join(', ')} }`);
    if (isArchive(folder))
        return { kind: 'file', path: readPath(folder), base };
    const source = readAddress(folder);
    if (source.kind !== 'directory')
        throw unfollowed(name, `the file ${folder}`);
    return local(source);
}
function unfollowed(name, what) {
    return new errors/* UserError */.yo('project', `[tool.uv.sources] says that ${name} comes from ${what}, which is not followed; another ${name} of an index is not taken in its place`, 'Name a folder, a repository, the address of a file or an index, or commit a uv.lock.');
}
/**
 * What building requires comes from an index alone, and none may answer in the place of a source.
 * @param requires lines of [build-system] (PEP 518)
 */
function unfollowedForBuilds(member, requires) {
    const named = new Set(Object.keys(uvOf(member).sources).map(project_names/* normalizeName */.P));
    const names = requires.map((line) => (0,project_names/* normalizeName */.P)(/^\s*([\w.-]+)/.exec(line)?.[1] ?? '')).filter((name) => named.has(name));
    if (names.length === 0)
        return undefined;
    return new errors/* UserError */.yo('project', `[tool.uv.sources] says where ${names.join(', ')} comes from, which [build-system] of ${(0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(member.pyproject, 'project'), 'name') ?? 'the project'} requires: that is not followed, and an index must not answer in its place`, 'Put it on an index that extra-index-urls names, and take its source away.');
}

// EXTERNAL MODULE: ./lib/effects/docker-port.js
var docker_port = __webpack_require__(286);
;// CONCATENATED MODULE: ./lib/plan/wheels/build-hints.js



/** @see https://doc.rust-lang.org/cargo/commands/cargo-vendor.html */
const CRATES = /Unable to update registry `crates-io`|failed to (fetch|download from) `https:\/\/[^`]*crates|Could not resolve host(name)?:? .*crates\.io|Updating (crates\.io index|git repository)/;
const NO_NETWORK = /Could not resolve host|Temporary failure in name resolution|Name or service not known|getaddrinfo (ENOTFOUND|EAI_AGAIN)/i;
/** For a build that wants something from outside: builds have no network. */
function networkHint(lines) {
    const line = lines.find((one) => NO_NETWORK.test(one));
    if (line === undefined)
        return undefined;
    if (!lines.some((one) => CRATES.test(one))) {
        return { line, packages: [], next: 'Builds have no network: what it downloads must be in its source.' };
    }
    return {
        line: 'cargo must download crates, and builds have no network',
        packages: [],
        next: 'Run "cargo vendor", commit vendor/ and .cargo/config.toml; for a package of an index, choose a version that has a wheel.',
    };
}
const NO_GIT = /\bgit: (?:command )?not found|No such file or directory: '(?:[\w./-]*\/)?git'|\benv: ['‘]?git['’]?: No such|fatal: not a git repository|Bad git executable/;
const NO_NODE = /\b(?:npm|npx|node|yarn|pnpm|bun)['’`]?:? (?:command )?(?:was |is )?not (?:be )?(?:found|installed)|No such file or directory: '(?:npm|npx|node|yarn|pnpm|bun)'|could not find (?:npm|node|yarn)\b/i;
const WITHOUT_NODE = 'Builds have no Node.js: build the frontend before this step and set wheel: never; of a package of an index, choose a version that has a wheel.';
/**
 * What compilers, PyO3 and Python itself say of a package that was written for another Python.
 * @see https://docs.python.org/3/whatsnew/ (Removed)
 */
const OTHER_PYTHON = /\berror: .*['‘`]_*(?:Py[A-Z]\w*|CFrame)|error: longintrepr\.h: No such|is newer than PyO3's maximum supported version|has no attribute '(?:ImpImporter|SafeConfigParser)'|^ModuleNotFoundError: No module named '(?:imp|distutils|asyncore)'/;
const FOR_THIS_PYTHON = 'It was not made for this Python: require a newer version, or set python-version (or parent-image) to a Python that it has a wheel for.';
/** An exception of Python about a file that is not there. */
const MISSING = /^[\w.]+(?:Error|Exception): .*(?:No such file|does not exist|not found)/;
/** Folders of ours that a build stage has. */
const OURS = /^\/srv\/(?:source|sdist|unpacked|out|build-env|project)(?:\/|$)/;
/** Whether a build looks for what lies above the folder of its project. */
function looksAbove(line) {
    const places = MISSING.test(line) ? (line.match(/(?:\.\.)?\/[\w./-]+/g) ?? []) : [];
    return places.some((place) => {
        const at = external_node_path_.posix.resolve('/srv/source', place);
        return (place.startsWith('..') || at.startsWith('/srv/')) && !OURS.test(at);
    });
}
const COMMIT_IT = 'Of what lies above the folder that path names, a build has what git tracks in the repository: commit it, name it in pyproject.toml without code, or move it into the folder.';
/** @see https://setuptools.pypa.io/en/latest/history.html#v82-0-0 */
const OLDER_SETUPTOOLS = 'setuptools has it up to version 81: put "setuptools<82" into [build-system] requires; for a package of an index, choose a version that has a wheel.';
const COMPLAINT = /\b(fatal )?error\b[: ]|not found|No such file|cannot find -l|undefined reference|Traceback|Exception:|(could not|can not|cannot) (be )?f(ou|i)nd|is not installed|must be installed|not found, installing|^No package '|^[\w.]+(Error|Exception): /i;
/** Frames around the complaint, which say only that something failed. Buildx's `failed to build:` goes on with the cause. */
const FRAME = /^(subprocess-exited|error: Failed to build(?!:)|(cause: )?(The build backend returned an error|Call to `)|Building (wheel|source)|.*(exit(ed)? (code|status)|returned non-zero|hint: |Caused by|Traceback|note: This error)|\s*File ")/i;
/** Characters of a line that are looked at: complaints are short, and patterns slow on what is not. */
const build_hints_LONGEST = 2000;
/**
 * @param output lines that the failing stage printed
 */
function buildHint(output) {
    const lines = output.map((line) => line.trim().slice(0, build_hints_LONGEST)).filter(Boolean);
    for (const line of lines) {
        const packages = COMPLAINT.test(line) ? packagesWanted(line) : undefined;
        if (packages)
            return { line, packages };
    }
    const network = networkHint(lines);
    if (network)
        return network;
    const above = lines.find(looksAbove);
    if (above)
        return { line: above, packages: [], next: COMMIT_IT };
    const old = lines.find((line) => /^ModuleNotFoundError: No module named 'pkg_resources/.test(line));
    if (old)
        return { line: old, packages: [], next: OLDER_SETUPTOOLS };
    const git = lines.find((line) => NO_GIT.test(line));
    if (git)
        return { line: git, packages: [], next: WITHOUT_GIT };
    const node = lines.find((line) => NO_NODE.test(line));
    if (node)
        return { line: node, packages: [], next: WITHOUT_NODE };
    const foreign = lines.find((line) => OTHER_PYTHON.test(line));
    if (foreign)
        return { line: foreign, packages: [], next: FOR_THIS_PYTHON };
    const linker = lines.map((line) => /cannot find -l(\S+?):?(?:\s|$)/.exec(line)).find((match) => match !== null);
    if (linker)
        return { line: linker.input, packages: [`lib${linker[1]}-dev`] };
    const complaint = lines.find((line) => COMPLAINT.test(line) && !FRAME.test(line)) ??
        lines.find((line) => /^[\w.]*CalledProcessError: /.test(line)) ??
        lines.findLast((line) => !FRAME.test(line));
    return { line: complaint ?? 'the build ended without a word', packages: [] };
}
/** Whether a build failed for want of a compiler or of headers: for another fault a builder would be made in vain. */
function wantsCompiler(lines) {
    return /\b(gcc|cc|c\+\+|g\+\+|clang|cmake|ninja|meson|rustc|cargo|gfortran)\b|compiler|\.h\b|pg_config|mysql_config|pkg-config/i.test(lines.join('\n'));
}

;// CONCATENATED MODULE: ./lib/plan/dockerfile/stage-messages.js

/** What our scripts say that becomes a notice or a warning of the run, by the stage that runs them. */
const stage_messages_OURS = {
    'base-tree': /^security updates(: [\w.+:~= -]{1,4000}| left files of older packages: [^\n]{1,1000})$/,
    'build-lock': /^the index tells no upload times, so exclude-newer is off$/,
    trial: new RegExp([
        '^(byte code is made for every module, because the trial import failed|no static files are collected): ',
        '^your application writes /.{1,1500} when it is imported\\. Nothing of that is in the image: ',
        '^/.{1,1000} is a link in the source: the static files are not in the image$',
    ].join('|')),
    'build-command': /^build-command made the link .{1,500}, which is left out: copy what it leads to$/,
};
const PARENT = 'See parent-image and python-version.';
/** By the stage. */
const ERRORS = {
    'base-tree': [{ is: /^the parent image /, next: PARENT }],
    trial: [
        { is: /^no static files are collected: /, next: 'Give what it needs in env or image-env, or set collectstatic to auto or never.' },
        {
            is: /^the static file .{1,200} cannot be served: /,
            next: 'Pages that name static files would answer 500: fix it, or set collectstatic to never.',
        },
    ],
    'build-command': [{ is: /^build-command ".*" ended with code -?\d+$/, next: 'The lines above show what it said.' }],
    debian: [{ is: /^not a Debian package: /, next: PARENT }],
    evidence: [{ is: /^the wheel needs more than \d+ libraries$/, next: PARENT }],
};
/** Of the errors that a stage named, that of our script. */
function ownError(stage, texts) {
    for (const text of texts) {
        const found = ERRORS[stage]?.find(({ is }) => is.test(text));
        if (found)
            return { text, next: found.next };
    }
    return undefined;
}
/** Whether a message of a stage has the words of one of our scripts. Any other is a line of code that ran there. */
function isOurs(stage, text) {
    return stage_messages_OURS[stage]?.test(text) ?? false;
}
/** A message of a script of ours, with what mends it where the application looked for something of the system. */
function withHint(text) {
    const hint = missingHint(text);
    return hint ? `${text}. ${hint}` : text;
}

;// CONCATENATED MODULE: ./lib/plan/wheels/resolution-fault.js


const LATER = 'Run again later, or name another index in index-url.';
const REACH = 'Check index-url, extra-index-urls, build-network and the proxy.';
/** What uv says of an index that fails, after the address that it asked. The first that fits is meant. */
const TROUBLES = [
    [
        /invalid peer certificate: (?:UnknownIssuer|.*self.?signed)/i,
        'has a certificate that is not trusted in the image',
        'Name the authority that signed it in ca-bundle.',
        'failed',
    ],
    [/invalid peer certificate: Expired/i, 'has a certificate that has expired', 'The index must renew it.', 'failed'],
    [/invalid peer certificate|certificate/i, 'has a certificate that does not fit', 'Check the host in index-url, and ca-bundle.', 'failed'],
    [/timed out/i, 'timed out', LATER, 'passing'],
    [/tunnel error|proxy/i, 'could not be reached through the proxy', 'Check HTTPS_PROXY and NO_PROXY of the runner.', 'failed'],
    [/dns error|lookup address/i, 'was not found (DNS)', REACH, 'failed'],
    [/Connection refused/i, 'refuses connections', REACH, 'passing'],
    [/error sending request|Failed to fetch/i, 'dropped the connection', LATER, 'passing'],
];
/** Characters of a line that are looked at. */
const resolution_fault_LONGEST = 20_000;
/**
 * Reads what uv printed: an index that fails is named by its host, so that nobody looks for the fault in
 * the project; what is left is a requirement that cannot be met.
 * @param output lines of uv
 * @param otherwise the cause where uv printed nothing
 */
function resolutionFault(output, otherwise) {
    const text = output.map((line) => line.slice(0, resolution_fault_LONGEST)).join('\n');
    const denied = /An index URL \((\S+?)\) could not be queried due to a lack of valid authentication credentials \((\d{3})/.exec(text) ??
        /An index \((\S+?)\) returned a (\d{3})/.exec(text);
    if (denied)
        return resolution_fault_refused((0,text_addresses/* hostOf */.w4)(denied[1] ?? ''), denied[2] ?? '');
    const tries = /after (\d+) retries/.exec(text)?.[1];
    const status = /HTTP status (?:client|server) error \((\d{3})[^)\n]*\) for url \((\S+?)\)/.exec(text);
    if (status) {
        const [, code = '', url = ''] = status;
        if (/^40[137]$/.test(code))
            return resolution_fault_refused((0,text_addresses/* hostOf */.w4)(url), code);
        const passing = /^(408|425|429|5\d\d)$/.test(code);
        const cause = `index ${(0,text_addresses/* hostOf */.w4)(url)} answered ${code}${tries ? ` (${Number(tries) + 1} tries)` : ''}`;
        return { cause, next: LATER, kind: passing ? 'passing' : 'failed' };
    }
    const asked = /(?:Failed to fetch:? `?|for url \()(https?:\/\/[^\s`)]+)/.exec(text)?.[1];
    const trouble = asked && TROUBLES.find(([sign]) => sign.test(text.slice(text.indexOf(asked)).replaceAll(asked, '')));
    if (asked && trouble)
        return { cause: `index ${(0,text_addresses/* hostOf */.w4)(asked)} ${trouble[1]}`, next: trouble[2], kind: trouble[3] };
    const tool = /Because (?:the pinned version of )?uv was not found on (\S+)/.exec(text)?.[1];
    if (tool)
        return {
            cause: `index ${(0,text_addresses/* hostOf */.w4)(tool)} has not the uv that this action resolves with`,
            next: 'Let it mirror the public uv, or name an index that has it in extra-index-urls.',
            kind: 'failed',
        };
    return unbuilt(text) ?? unmet(text, otherwise);
}
/** A package whose metadata only building tells: the last line of what it printed says why, not uv's words around it. */
function unbuilt(text) {
    const [, what] = /Failed to (?:build|download and build) `([^` ]+)[^`]*`/.exec(text) ?? [];
    const said = (/\[stderr\]\n([\s\S]*?)(?:\n\s*hint: |$)/.exec(text)?.[1] ?? '').split('\n').map((line) => line.trim());
    const last = said.filter(Boolean).at(-1);
    if (what === undefined || last === undefined)
        return undefined;
    return {
        cause: `the build backend of ${what} fails: ${last}`,
        next: buildHint(said).next ?? 'Pin a version that has a wheel, or give it what it takes (build-packages, python-version).',
        kind: 'failed',
    };
}
function resolution_fault_refused(host, code) {
    const cause = `index ${host} answered ${code}: it wants ${code === '401' ? 'a login, or another one' : 'another login'}`;
    return { cause, next: `Set index-credentials: machine ${host.replace(/:\d+$/, '')} login USER password WORD`, kind: 'failed' };
}
function unmet(text, otherwise) {
    const [said = '', ...hints] = text.split(/^[ \t]*hint: /m);
    const cause = said
        .replace(/\s+/g, ' ')
        .replace(/^.*?(?=Because)|^.*?(?:× |error: )/, '')
        .replace(/[×╰─▶│]/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    const shadowed = /`(\S+)` was found on (\S+?), but not at the requested version/.exec(hints.join(' '));
    const unknown = /Because (?:the pinned version of )?(\S+) was not found in the (?:package registry|provided package locations)/.exec(cause)?.[1];
    const old = /was filtered by `exclude-newer` to only include packages uploaded before (\d{4}-\d\d-\d\d)/.exec(hints.join(' '))?.[1];
    const next = shadowed
        ? `${shadowed[1]} comes from ${(0,text_addresses/* hostOf */.w4)(shadowed[2] ?? '')} alone, the first index that has it.`
        : unknown
            ? `Check the spelling of ${unknown}; if it is private, name its index in extra-index-urls.`
            : old
                ? `Nothing newer than ${old}, the day of the commit or of exclude-newer, is installed: commit again, set exclude-newer to a later day, or loosen the requirement.`
                : 'Loosen the requirement it names, or set exclude-newer, python-version or parent-image.';
    const reason = cause || otherwise;
    return { cause: `the requirements cannot be met: ${reason}`, next, kind: 'unresolvable', reason };
}

// EXTERNAL MODULE: ./lib/text/stage-words.js
var stage_words = __webpack_require__(6721);
// EXTERNAL MODULE: ./lib/time-limits.js
var time_limits = __webpack_require__(8995);
;// CONCATENATED MODULE: ./lib/run/build/build-target.js









/** Builds one target of the Dockerfile, and turns a failure into an error that names what to mend. */
async function buildTarget(world, settings, request) {
    const secrets = [
        ...(request.offline ? [] : await layOutSecrets(world, settings)),
        ...(await layOutEnv(world, request.trialEnv)),
        ...(request.secrets ?? []),
    ];
    try {
        const report = await world.docker.build({
            dockerfile: request.dockerfile,
            context: world.paths[request.context ?? 'context'],
            target: request.target,
            tags: request.tags ?? [],
            ...(request.localOnly ? { localOnly: true } : {}),
            ...(request.output === undefined ? {} : { output: request.output }),
            args: {
                ...(request.base ? { BASE: request.base } : {}),
                ...(request.builder ? { BUILDER: request.builder } : {}),
                ...(request.workshop ? { WORKSHOP: request.workshop } : {}),
                ...(request.tools ? { TOOLS: request.tools } : {}),
                ...(request.release ? { RELEASE: request.release } : {}),
            },
            ...(request.epoch === undefined ? {} : { epoch: request.epoch }),
            secrets,
            anew: settings.anew === true,
            network: request.offline ? 'none' : settings.network || undefined,
            hears: request.hears,
            onStage: request.onStage,
            onMessage: request.silent
                ? undefined
                : (message) => {
                    request.onMessage?.(message);
                    tell(world, message);
                },
        });
        // What a stage leaves may be links to files of this machine; they are not results.
        if (request.output !== undefined)
            await world.files.removeIrregular(request.output);
        return report.seconds;
    }
    catch (error) {
        if (!(error instanceof docker_port/* BuildError */.zS))
            throw error;
        throw explain(error, settings);
    }
}
/** What the stages that talk to an index mount, as files of this run's temporary folder. */
async function layOutSecrets(world, settings) {
    const texts = {
        index: indexPrint(settings) && indexLines(settings),
        pins: pinLines(settings),
        netrc: settings.netrc && `${settings.netrc}\n`,
    };
    const secrets = settings.ca ? [{ id: 'ca', file: settings.ca }] : [];
    for (const [id, text] of Object.entries(texts).filter(([, content]) => content !== '')) {
        const file = external_node_path_.join(world.paths.temp, id);
        await world.files.write(file, text);
        secrets.push({ id, file });
    }
    return secrets;
}
/** Whether a wheel's own build failed, and not Docker or the resolution. */
function isBuildFault(error) {
    return error instanceof errors/* UserError */.yo && error.kind === 'not-built';
}
/** A build on base, one in the builder, one with what the backend asked for: no wheel needs more. */
const ATTEMPTS = 3;
/** For a build backend that is given what it asked for and asks on. */
function asksOn(name, requires) {
    return new errors/* UserError */.yo('wheels', `the build backend of ${name} asks for ${requires.join(', ')} again and again`, 'Add it to [build-system] requires.');
}
/** Only what our scripts are known to say becomes an annotation: code that runs beside them can print the same words. */
function tell({ log }, { stage, level, text }) {
    if (level === 'note')
        log.foreign([`  ${text}`]);
    else if (!isOurs(stage, text))
        log.foreign([`  ${(0,stage_words/* stageWords */._)(stage)} says: ${level}: ${text}`]);
    else if (level === 'notice')
        log.notice(withHint(text));
    else
        log.warning(text);
}
async function layOutEnv(world, env) {
    if (!env)
        return [];
    const file = external_node_path_.join(world.paths.temp, 'env');
    await world.files.write(file, JSON.stringify(env));
    return [{ id: 'env', file }];
}
const SHOWN_LINES = 40;
/** What docker's client, BuildKit, gcc, its linker, clang, cargo and allocators say of the kernel's killing. */
const KILLED = /killed \(137\)|exit code: 137\b|Killed signal terminated program|internal compiler error: Killed|terminated with signal 9\b|unable to execute command: Killed|signal: 9\b|virtual memory exhausted|Cannot allocate memory/i;
/** A compiler's line as it is; BuildKit's repeats the whole instruction. */
function killedBy(line) {
    return /exit code: 137/.test(line) ? 'exit code 137' : line.trim().slice(-120);
}
/** Faults of the machine and of the daemon, whatever is built. */
function commonFault(error, step) {
    const details = error.shown.slice(-SHOWN_LINES);
    const text = error.shown.join('\n');
    if (error.timedOut)
        return new errors/* UserError */.yo(step, `${(0,stage_words/* stageWords */._)(error.stage) || 'the build'} ${error.message}`, time_limits/* LONGER */.Mh, { details });
    if (/no space left on device/i.test(text + error.message)) {
        return new errors/* UserError */.yo(step, "the Docker daemon's disk is full", 'Make room there (docker system df shows what takes it).', { details });
    }
    if (/closed network connection|error reading from server|transport is closing|connection reset|EOF$|Cannot connect to the Docker daemon/i.test(error.message)) {
        return new errors/* UserError */.yo(step, `Docker went away: ${(0,stage_words/* stageWords */._)(error.stage)}`, 'Check the daemon, then run again.', {
            details,
            kind: 'passing',
        });
    }
    if (/exec format error/i.test(text + error.message)) {
        return new errors/* UserError */.yo(step, `this machine cannot run programs for the platform asked for (exec format error: ${(0,stage_words/* stageWords */._)(error.stage)})`, 'Set up emulation before this step (docker/setup-qemu-action), or use a runner of that architecture.', { details });
    }
    const killed = [...error.shown, error.message].find((line) => KILLED.test(line));
    if (killed) {
        const cause = /^docker build was/.test(killed)
            ? killed
            : `a program was killed (${(0,stage_words/* stageWords */._)(error.stage)}), most likely for want of memory (${killedBy(killed)})`;
        return new errors/* UserError */.yo(step, cause, 'Use a runner with more memory.', { details });
    }
    return undefined;
}
function explain(error, settings) {
    const common = commonFault(error, stepOf(error.stage));
    if (common)
        return common;
    const details = error.shown.slice(-SHOWN_LINES);
    const said = error.messages.filter(({ stage, level }) => stage === error.stage && level === 'error');
    const own = ownError(error.stage, said.map(({ text }) => text));
    if (error.stage === 'lock' || error.stage === 'build-lock' || error.stage === 'uv') {
        const { cause, next, kind, reason } = resolutionFault(error.output, error.message);
        return new errors/* UserError */.yo('wheels', cause, next, { details, kind, reason });
    }
    if (own)
        return new errors/* UserError */.yo(stepOf(error.stage), own.text, own.next, { details });
    if (stepOf(error.stage) === 'base' &&
        /\/bin\/sh\b.*no such file|unable to find (user|groups)\b/i.test([...error.shown, error.message].join('\n'))) {
        return new errors/* UserError */.yo('base', 'the parent image lacks a shell, or its files of users', 'Set parent-image to a Debian or Ubuntu image.', {
            details,
        });
    }
    const hint = error.output.length > 0 ? buildHint(error.output) : { line: error.message, packages: [] };
    const name = /^wheel-(.+)$/.exec(error.stage)?.[1];
    const packages = hint.packages.join(' ');
    const mending = settings.builder ? `Install in ${settings.builder}: ${packages}` : `Set build-packages: ${packages}`;
    const next = packages ? mending : (hint.next ?? 'The lines above show what it said.');
    if (name)
        return new errors/* UserError */.yo('wheels', `${name} did not build: ${hint.line}`, next, { details, kind: 'not-built', reason: hint.line });
    if (error.stage === 'app-wheel') {
        const line = hint.next ? hint.line : (lastWord(error.output) ?? hint.line);
        return new errors/* UserError */.yo('wheels', `the project's own wheel did not build: ${line}`, next, { details, kind: 'not-built', reason: line });
    }
    return new errors/* UserError */.yo(stepOf(error.stage), `${(0,stage_words/* stageWords */._)(error.stage)} failed: ${hint.line}`, next, { details });
}
/** The backend's own last line, e.g. `ModuleNotFoundError: No module named 'x'`. */
function lastWord(output) {
    return output.findLast((line) => /^\s*[\w.]*(Error|Exception)\b.*:/.test(line))?.trim();
}
function stepOf(stage) {
    if (stage === 'base-tree')
        return 'base';
    if (stage === 'base' || stage === 'builder')
        return stage;
    if (/^(test|dev)/.test(stage))
        return 'test';
    return /^(dependencies|ahead|application|trial|release|system)$/.test(stage) ? 'release' : 'wheels';
}

;// CONCATENATED MODULE: ./lib/run/prepare/withheld-notice.js

/** Names what a build does not get though it lies in a folder that is sent. @param where as people know the folder, '' for the project's */
function tellWithheld({ log }, withheld, where = '') {
    const [first] = withheld;
    if (first === undefined)
        return;
    log.notice(`Left out${where && ` of ${where}`}, as secrets or local databases are not for an image: ${(0,words/* listed */.KE)(withheld, 10)}. A line such as !${first} in .dockerignore lets one in.`);
}

;// CONCATENATED MODULE: ./lib/run/images/custom-image.js










/**
 * Reads a Dockerfile of the user.
 * @param input names it in errors: the input, or the argument of a command
 * @param file absolute
 * @throws UserError where there is none, or a link leads out of the workspace
 */
async function readDockerfile(world, input, file) {
    const { files, context } = world;
    const shown = external_node_path_.relative(context.workspace, file);
    if ((await files.status(file))?.folder) {
        throw new errors/* UserError */.yo('inputs', `${input} names the folder ${shown}`, `Name the file in it, such as ${shown}/Dockerfile.`, { input });
    }
    const [text, ignore] = await Promise.all([file, `${file}.dockerignore`].map((one) => files.readInside(context.workspace, one, text_size/* TEXT_SIZE */.yf).catch(rethrow(input))));
    if (text === undefined)
        throw new errors/* UserError */.yo('inputs', `${input} names ${shown}, which is not there`, 'Name a Dockerfile below path.', { input });
    return { file: shown, text, ignore };
}
function rethrow(input) {
    return (error) => {
        throw error instanceof errors/* UserError */.yo ? error.with({ step: 'inputs', kind: 'setting', input, cause: `${input}: ${error.message}` }) : error;
    };
}
/**
 * The image of an own Dockerfile: found on this machine by the fingerprint of all that it is made from, or built.
 * The images it starts from are pulled where they are not here, and their ids are part of the fingerprint.
 * @throws UserError naming the file and the instruction that failed
 */
async function buildOwnImage(world, settings, request) {
    const { dockerfile, context, name } = request;
    const args = argumentsFor(dockerfile.text, request.args);
    const withheld = [];
    const snapshot = (await world.source.snapshot(context, world.paths.wheelhouse, withheld)).filter(({ path: file }) => !Object.keys(request.beside ?? {}).some((other) => other.split('/')[0] === file.split('/')[0]));
    tellWithheld(world, withheld, `the context of ${dockerfile.file}`);
    const ignore = dockerfile.ignore ?? (await contextIgnore(world, context));
    const parts = {
        dockerfile: sha256(dockerfile.text),
        context: sha256(JSON.stringify(snapshot)),
        dockerignore: sha256(ignore ?? ''),
        arguments: JSON.stringify(args),
        images: JSON.stringify(await imageIds(world, request, args)),
        secrets: Object.keys(request.secrets).sort().join(' '),
        ...(request.labels && { labels: sha256(JSON.stringify(request.labels)) }),
        ...request.parts,
    };
    const print = fingerprint(parts);
    const reference = `${name}:${fingerprintTag(print)}`;
    const tag = request.version === undefined ? undefined : `${name}:${request.version}`;
    const here = settings.anew ? undefined : await world.docker.inspect(reference, true);
    if (here) {
        if (tag)
            await world.docker.tag(reference, tag);
        return { reference, how: 'reused', parts, info: here };
    }
    const staged = external_node_path_.join(world.paths.temp, 'own');
    await world.files.remove(staged);
    await world.source.stage(context, snapshot, staged);
    for (const [to, from] of Object.entries(request.beside ?? {}))
        await world.files.link(from, external_node_path_.join(staged, to));
    if (ignore !== undefined) {
        // What is laid beside the user's files is meant for the Dockerfile, whatever pattern fits it.
        const kept = [...new Set(Object.keys(request.beside ?? {}).map((to) => to.split('/')[0]))];
        await world.files.write(external_node_path_.join(staged, '.dockerignore'), [ignore, ...kept.flatMap((to) => [`!${to}`, `!${to}/**`])].join('\n'));
    }
    const built = request.unfinished ?? reference;
    const labels = { ...request.labels, ...(request.printLabel && { [request.printLabel]: print }) };
    try {
        const report = await world.docker.build({
            dockerfile: dockerfile.text,
            context: staged,
            target: '',
            tags: tag ? [built, tag] : [built],
            args,
            // A label that the Dockerfile sets is its author's word.
            labels: Object.fromEntries(Object.entries(labels).filter(([label]) => !dockerfile.text.includes(label))),
            secrets: await layOutUserSecrets(world, request.secrets),
            network: settings.network || undefined,
            anew: settings.anew === true,
        });
        const info = await world.docker.inspect(built, true);
        if (!info)
            throw new Error(`${built} was built but is not on the daemon`);
        return { reference, how: `built from ${dockerfile.file} in ${report.seconds.toFixed(1)} s (${why(request, parts)})`, parts, info };
    }
    catch (error) {
        throw error instanceof docker_port/* BuildError */.zS ? custom_image_explain(error, request) : error;
    }
    finally {
        await world.files.remove(staged);
    }
}
/** The user's secrets as files of this run's temporary folder. */
async function layOutUserSecrets(world, secrets) {
    return Promise.all(Object.entries(secrets).map(async ([id, value]) => {
        const file = external_node_path_.join(world.paths.temp, 'secrets', id);
        await world.files.write(file, value);
        return { id, file };
    }));
}
function why({ before }, parts) {
    if (!before)
        return 'none of this fingerprint here';
    const changed = changedParts(before, parts);
    return changed.length > 0 ? `changed: ${changed.join(', ')}` : 'no longer on this daemon';
}
/** Ids of the images that it starts from, so that another image under the same tag is another build. */
async function imageIds(world, { step, dockerfile }, args) {
    const ids = {};
    for (const image of imagesOf(dockerfile.text, args)) {
        const next = `Check FROM and COPY --from in ${dockerfile.file}, or log in before this step.`;
        ids[image] = (await ensureHere(world, image, { step, what: `image ${image} of ${dockerfile.file}`, next })).id;
    }
    return ids;
}
/** An image on this machine, pulled where it is not. @throws UserError that names it as it is given here */
async function ensureHere(world, reference, named) {
    const here = await world.docker.inspect(reference);
    if (here)
        return here;
    world.log.info(`Pulling ${named.what}`);
    await world.docker.pull(reference, named);
    const pulled = await world.docker.inspect(reference);
    if (!pulled)
        throw new errors/* UserError */.yo(named.step, `${named.what} was pulled but is not here`, 'Check which daemon docker talks to.');
    return pulled;
}
/** The command line may name a context outside the workspace; then nothing outside of that is read. */
async function contextIgnore({ files, context: { workspace } }, context) {
    const root = external_node_path_.relative(workspace, context).split(external_node_path_.sep)[0] === '..' ? context : workspace;
    return files.readInside(root, external_node_path_.join(context, '.dockerignore'), text_size/* TEXT_SIZE */.yf);
}
function custom_image_explain(error, { step, dockerfile }) {
    const common = commonFault(error, step);
    if (common)
        return common;
    const details = error.shown.slice(-SHOWN_LINES);
    const [, line, fault] = /dockerfile parse error (?:on )?line (\d+): (.*)$/i.exec(error.message) ?? [];
    if (line) {
        const place = { file: dockerfile.file, line: Number(line) };
        return new errors/* UserError */.yo(step, `${dockerfile.file} line ${line}: ${fault}`, 'Fix that line.', { place });
    }
    const said = error.output.length > 0 ? buildHint(error.output).line : error.message;
    const at = error.step ? ` failed at "${(0,words/* shorten */.ml)(error.step, 80)}"` : ' did not build';
    return new errors/* UserError */.yo(step, `${dockerfile.file}${at}: ${said}`, 'The lines above show what it said.', {
        details,
        place: { file: dockerfile.file },
    });
}

;// CONCATENATED MODULE: ./lib/run/wheelhouse-folder/wheelhouse-paths.js

/** Names inside the wheelhouse. */
const SHELF = {
    lock: 'pylock.toml',
    resolution: '.build/resolution.json',
    local: '.build/local.json',
    uv: '.build/uv',
    requires: '.build/requires',
    locks: '.build/locks',
    manifests: '.build/manifests',
    debian: '.build/debian',
    sbom: '.build/sbom',
    imported: '.build/imported',
};
/** The wheelhouse of what only the test image has, below the wheelhouse. */
const TEST_SHELF = '.build/test';
/** A place in the wheelhouse, absolute. */
function inWheelhouse({ paths }, ...names) {
    return external_node_path_.join(paths.wheelhouse, ...names);
}

;// CONCATENATED MODULE: ./lib/run/wheelhouse-folder/open-wheelhouse.js



/** More than any wheelhouse holds; counting, hashing and saving all follow from how many there are. */
const MOST_ENTRIES = 20_000;
/** Folders of a shelf: all are written to. */
const FOLDERS = ['.build', SHELF.uv, SHELF.requires, SHELF.locks, SHELF.manifests, SHELF.debian, SHELF.sbom, SHELF.imported];
/**
 * Looks whether the folder can be used as a wheelhouse; nothing is written.
 * @throws UserError for a folder of it that is a link or no folder, and for too many files
 */
async function checkShelves(world) {
    const { files, paths } = world;
    const shown = shownName(world);
    for (const folder of [...FOLDERS, TEST_SHELF, ...FOLDERS.map((name) => `${TEST_SHELF}/${name}`)]) {
        const at = inWheelhouse(world, folder);
        const what = (await files.isLink(at)) ? 'is a symbolic link' : (await isFolder(world, at)) ? '' : 'is not a folder';
        if (what)
            throw open_wheelhouse_refused(`${shown}/${folder} ${what}`, `Remove it: rm ${shown}/${folder}`);
    }
    if ((await files.count(paths.wheelhouse, MOST_ENTRIES)) > MOST_ENTRIES) {
        throw open_wheelhouse_refused(`${shown} holds more than ${MOST_ENTRIES} files, as no wheelhouse does`, 'Remove the folder, or name another one.');
    }
}
/** Removes what earlier runs left, where the folder is a wheelhouse at all. */
async function emptyWheelhouse(world) {
    const { files, paths } = world;
    const ours = await Promise.all([SHELF.resolution, SHELF.local].map((name) => files.exists(inWheelhouse(world, name))));
    if (!ours.includes(true))
        return;
    await files.remove(paths.wheelhouse);
    world.records.reload();
    world.log.info(`  no-cache: ${shownName(world)} is emptied`);
}
/** Makes the wheelhouse where there is none. @throws UserError where it cannot be written */
async function openWheelhouse(world) {
    const { files } = world;
    const shown = shownName(world);
    try {
        await files.write(inWheelhouse(world, '.gitignore'), '*\n');
        await files.makeFolder(inWheelhouse(world, '.build'));
    }
    catch (error) {
        const { code, message } = error;
        const why = open_wheelhouse_WORDS[code ?? ''];
        if (why === undefined)
            throw error;
        throw open_wheelhouse_refused(`${shown} cannot be written: ${why} (${message.split(',')[0]})`, 'Let the workspace be writable, or name another folder.');
    }
}
function shownName({ paths, context }) {
    return external_node_path_.relative(context.workspace, paths.wheelhouse) || '.';
}
const open_wheelhouse_WORDS = {
    EROFS: 'the file system is read-only',
    EACCES: 'no permission',
    EPERM: 'no permission',
    ENOTDIR: 'a part of its path is a file',
    EEXIST: 'a part of its path is a file',
    ENAMETOOLONG: 'its path is too long',
};
async function isFolder({ files }, at) {
    return (await files.status(at))?.folder ?? true;
}
function open_wheelhouse_refused(cause, next) {
    return new errors/* UserError */.yo('wheelhouse', cause, next);
}
/** With a signing key: forgets the records that it did not sign, and says which. */
async function forgetUnsigned({ records, log }) {
    const names = await records.unsigned();
    if (names.length === 0)
        return;
    log.info(`  not used, as not signed with cache-signing-key: records of ${names.join(', ')}`);
    await records.dropUnsigned();
}

;// CONCATENATED MODULE: ./lib/run/wheels/unknown-names.js


/**
 * What becomes of names that the project does not have: pip warns, and so does a laptop. In a workflow nobody reads
 * warnings, and the image would lack what was asked for.
 * @throws UserError in a workflow, with one for each further name
 */
function judgeNames({ context, log }, input, unknown) {
    if (!context.inActions) {
        for (const { cause, near } of unknown)
            log.warning(`${cause}. ${near ? `Did you mean "${near}"? ` : ''}Nothing is installed for it.`);
        return;
    }
    const wrong = (0,errors/* together */.bs)(unknown.map(({ kind, cause, near }) => new errors/* UserError */.yo('inputs', cause, `${near ? `Did you mean "${near}"? ` : ''}The input ${input} names the ${kind}.`, { input })));
    if (wrong)
        throw wrong;
}
/** Refuses, in a workflow, extras and groups that no build can add. @throws UserError where there are such */
function refuseUnknown(inputs, world, project, pyproject) {
    judgeNames(world, 'extras', staticallyUnknown(project, pyproject, inputs.extras, inputs.groups));
    judgeNames(world, 'test-extras', staticallyUnknown(project, pyproject, inputs.testExtras, inputs.testGroups));
}

;// CONCATENATED MODULE: ./lib/run/prepare/known-tags.js




/**
 * Names of the git tags that decide over the tags of the image. What a clone knows need not be all, whatever its depth, so
 * the forge is asked, else the origin; and where this run pushes, the registry, which may know releases that git has no more.
 * @param needed `all` of them, or those at hand
 * @returns undefined where all are needed and nobody tells
 */
async function knownTags(world, inputs, plan, needed) {
    const clone = await world.git.tags(world.paths.project);
    const cloned = clone?.names ?? [];
    if (needed === 'at hand' && !inputs.push)
        return cloned;
    const named = await gitTags(world, inputs);
    if (needed === 'at hand')
        return named || clone?.whole ? [...cloned, ...(named ?? [])] : undefined;
    const pushed = inputs.push ? await imageTags(world, plan, await loginFor(world, inputs)) : undefined;
    if (!named && !pushed && !clone?.whole)
        return undefined;
    const git = [...cloned, ...(named ?? [])];
    const { path } = plan.repository;
    const released = finalReleases(withoutSuffix(pushed ?? [], plan.suffix), path);
    const [lost] = released.filter((release) => finalReleases(git, path).every((known) => (0,pep440.gt)(release, known)));
    if (lost && named) {
        world.log.notice(`The registry has ${lost}, of which git knows no tag: the tags of its lines stay with it. If it was withdrawn, remove ${lost} there.`);
    }
    return [...git, ...released];
}
/** As the forge or the origin has them. */
async function gitTags(world, { githubToken }) {
    const { repository } = world.context;
    const forged = githubToken && repository ? await world.forge.tags(repository, githubToken) : undefined;
    return forged ?? world.git.originTags(world.paths.project);
}
function imageTags(world, { repository: { registry, path } }, login) {
    return world.registry.tags(registry, path, login);
}
/** Tags of this leg, as those of a leg without a suffix. */
function withoutSuffix(tags, suffix) {
    return tags.filter((tag) => tag.endsWith(suffix)).map((tag) => (suffix ? tag.slice(0, -suffix.length) : tag));
}
/** Who has claimed tags of this run since its plan was made: asked anew at each call. */
function claimsOf(world, inputs, plan, login) {
    let silent = false;
    const named = async () => {
        const found = silent ? undefined : await gitTags(world, inputs);
        silent = found === undefined; // who does not answer is not waited for again
        return found;
    };
    return async (tag, where) => {
        if (!plan.tags.lines.some((line) => line.tag === tag))
            return undefined;
        const [git, held] = await Promise.all([where === 'everywhere' ? named() : undefined, imageTags(world, plan, login)]);
        const own = withoutSuffix(held ?? [], plan.suffix);
        const { path } = plan.repository;
        const release = claimsOn(plan.tags, [...own, ...(git ?? [])], path).get(tag);
        const name = own.find((one) => releaseFromTag(one, path) === release);
        return release === undefined ? undefined : { release, tag: name && `${name}${plan.suffix}` };
    };
}
/** The login that a registry is asked with. */
async function loginFor(world, inputs) {
    return loginOf(inputs, world.context.actor) ?? world.registry.existingLogin(inputs.registry.split('/')[0] ?? '');
}

// EXTERNAL MODULE: ./lib/inputs/volume.js
var inputs_volume = __webpack_require__(7695);
;// CONCATENATED MODULE: ./lib/run/prepare/mounts.js



/**
 * Makes ready what is mounted. A folder that is missing is made here, because Docker would make it as root; it belongs
 * to the owner of the folder that it lies in. A container that may write to a folder of this machine runs as that
 * folder's owner, so that nothing in it becomes somebody else's.
 * @throws UserError for a path of the workspace that leads out of it
 */
async function makeMounts(world, lines) {
    const volumes = [];
    const binds = [];
    const owners = [];
    const hosts = [];
    for (const line of lines) {
        const volume = (0,inputs_volume/* readVolume */.jg)(line);
        const host = volume.kind === 'named' ? volume.host : await makeFolder(world, line, volume);
        // A colon is where `--volume` ends a path, and a workspace may lie anywhere.
        if (host.includes(':'))
            binds.push({ source: host, target: volume.container, readOnly: !(0,inputs_volume/* isWritable */.nH)(volume) });
        else
            volumes.push([host, volume.container, ...(volume.mode ? [volume.mode] : [])].join(':'));
        if (volume.kind !== 'named')
            hosts.push(host);
        if (volume.kind === 'named' || !(0,inputs_volume/* isWritable */.nH)(volume))
            continue;
        const status = await world.files.status(host);
        if (status?.folder)
            owners.push(status);
    }
    return { volumes, binds, user: (0,inputs_volume/* runsAs */.HU)(owners, world.files.caller()), hosts };
}
/** The same refusals, before anything is built. */
async function checkVolumes(world, lines) {
    for (const line of lines)
        await mounts_placeOf(world, line, (0,inputs_volume/* readVolume */.jg)(line));
}
async function makeFolder(world, line, volume) {
    const { files } = world;
    const wanted = await mounts_placeOf(world, line, volume);
    if (!(await files.status(wanted))) {
        await files.makeOwned(wanted).catch((error) => {
            throw new errors/* UserError */.yo('inputs', `the folder of the volume "${line}" cannot be made: ${error.message}`, 'Make it before this step.', {
                input: 'volumes',
            });
        });
    }
    return wanted;
}
/** The absolute path of a folder of this machine. */
async function mounts_placeOf({ files, context }, line, { kind, host }) {
    const wanted = external_node_path_.resolve(context.workspace, host);
    if (kind === 'workspace') {
        if (!(await isInside(files, context.workspace, wanted))) {
            throw new errors/* UserError */.yo('inputs', `the volume "${line}" leads out of the workspace`, 'Name a folder inside it, or an absolute path if you mean one of the machine.', { input: 'volumes' });
        }
    }
    return wanted;
}
/** Whether a path lies below a folder, and what is there of it really does. Both absolute. */
async function isInside(files, folder, wanted) {
    const real = (await files.real(folder)) ?? folder;
    return isBelow(wanted, folder) && isBelow(await realAncestor(files, wanted), real);
}
/** Where the nearest part of a path that exists really is. */
async function realAncestor(files, at) {
    return (await files.real(at)) ?? ((await files.isLink(at)) || external_node_path_.dirname(at) === at ? '/' : realAncestor(files, external_node_path_.dirname(at)));
}
function isBelow(at, folder) {
    const relative = external_node_path_.relative(folder, at);
    return relative !== '..' && !relative.startsWith('../') && !external_node_path_.isAbsolute(relative);
}

;// CONCATENATED MODULE: ./lib/run/prepare/version-from-git.js








/**
 * Reads what decides over the version of a folder's wheel. Git is asked on the runner, where the
 * repository is, and only where the version comes from it.
 * @param folder absolute
 * @param tag that the checkout is for, '' for none
 * @throws UserError for invalid TOML
 */
async function readVersioning(world, tree, folder, tag) {
    const text = (name) => tree.texts.get(name) ?? '';
    const pyproject = (0,project_toml/* readToml */.D7)('pyproject.toml', text('pyproject.toml'));
    const source = readVersionSource(pyproject, text('setup.cfg'), text('setup.py'));
    const git = source.kind === 'git' ? await world.git.describe(folder, { ...source.describe, tag }) : undefined;
    const texts = new Map();
    for (const name of versionFiles(source)) {
        const file = external_node_path_.join(folder, name);
        // Only what the build sees as well, and never what a link leads to.
        if (!tree.files.includes(name) || (await world.files.isLink(file)))
            continue;
        texts.set(name, (await world.files.readInside(folder, file, text_size/* TEXT_SIZE */.yf)) ?? '');
    }
    return { source, git, texts };
}
/**
 * What the build of a package that comes as a folder is told of its version, in the words of its own tool.
 * @throws UserError where git cannot fetch the history
 */
async function tellLocalVersion(world, tree, { folder, fetched }) {
    const { context, git } = world;
    const text = (name) => tree.texts.get(name) ?? '';
    const { kind } = readVersionSource((0,project_toml/* readToml */.D7)('pyproject.toml', text('pyproject.toml')), text('setup.cfg'), text('setup.py'));
    if (kind !== 'git')
        return { ...NOTHING_TOLD, notices: [] };
    if (fetched)
        await git.fetchHistory(folder);
    const tag = fetched ? fetched.revision : tagOf(context);
    const versioning = await readVersioning(world, tree, folder, tag);
    // What was asked for may be a branch or a commit.
    const isTag = !fetched || versioning.git?.tag === 'here';
    const { epoch = DEPENDENCIES_EPOCH } = (await git.commit(folder)) ?? {};
    return planOwnVersion(versioning, { tag: isTag ? tag : '', sha: fetched ? '' : context.sha, epoch }, undefined);
}
/** The tag that the run is for, '' for none. */
function tagOf({ ref, refName }) {
    return ref.startsWith('refs/tags/') ? refName : '';
}
/** The snapshot with other texts for some files, and with files that the project does not have. */
function withFiles(snapshot, files) {
    const written = Object.entries(files).map(([name, text]) => {
        const mode = snapshot.find((file) => file.path === name)?.print.startsWith('x ') ? 'x' : '-';
        return { path: name, print: `${mode} ${sha256(text)}`, text };
    });
    return [...snapshot.filter((file) => !(file.path in files)), ...written];
}

;// CONCATENATED MODULE: ./lib/run/prepare/workspace-members.js






/** A project with the root of its uv workspace. @param folder absolute */
async function readMember(reader, folder) {
    const own = await workspace_members_place(reader, folder);
    const root = await workspace_members_rootOf(reader, folder);
    const uvToml = own ? own.uvToml : await uvTomlIn(reader, folder);
    return { pyproject: own?.pyproject ?? {}, uvToml, folder, root: root?.folder === folder ? undefined : root };
}
/**
 * The root of the workspace that a folder is a member of: the nearest one above decides, as with uv.
 * @see https://docs.astral.sh/uv/concepts/projects/workspaces/
 */
async function workspace_members_rootOf(reader, folder) {
    for (let at = folder; !external_node_path_.relative(reader.top, at).startsWith('..'); at = external_node_path_.dirname(at)) {
        const found = await workspace_members_place(reader, at);
        const workspace = found && workspaceOf(found.pyproject);
        if (found && workspace)
            return isMember(workspace, external_node_path_.relative(at, folder).split(external_node_path_.sep).join('/')) ? found : undefined;
    }
    return undefined;
}
async function workspace_members_place(reader, folder) {
    const text = await reader.files.readInside(reader.top, external_node_path_.join(folder, 'pyproject.toml'), text_size/* TEXT_SIZE */.yf);
    const file = external_node_path_.join(external_node_path_.relative(reader.top, folder), 'pyproject.toml');
    return text === undefined ? undefined : { pyproject: (0,project_toml/* readToml */.D7)(file, text), uvToml: await uvTomlIn(reader, folder), folder };
}
async function uvTomlIn(reader, folder) {
    const at = external_node_path_.join(folder, 'uv.toml');
    const text = await reader.files.readInside(reader.top, at, text_size/* TEXT_SIZE */.yf);
    return text === undefined ? undefined : (0,project_toml/* readToml */.D7)(external_node_path_.relative(reader.top, at), text);
}
/**
 * The folder of a member of the uv workspace that a folder belongs to; the root is one of them.
 * @throws UserError where it has no such member
 */
async function memberFolder(reader, base, name) {
    const root = await workspace_members_rootOf(reader, base);
    const workspace = root && workspaceOf(root.pyproject);
    if (root && workspace) {
        if (workspace_members_named(root.pyproject) === name)
            return root.folder;
        for (const pattern of (0,project_toml/* textsAt */.i1)(workspace, 'members') ?? []) {
            for (const folder of await foldersOf(reader, root.folder, pattern)) {
                if (!isMember(workspace, external_node_path_.relative(root.folder, folder).split(external_node_path_.sep).join('/')))
                    continue;
                const member = await workspace_members_place(reader, folder);
                if (member && workspace_members_named(member.pyproject) === name)
                    return folder;
            }
        }
    }
    throw new errors/* UserError */.yo('project', `${name} is a member of no workspace`, 'Check members and exclude of [tool.uv.workspace] in the pyproject.toml above.');
}
function workspace_members_named(pyproject) {
    return (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)((0,project_toml/* tableAt */.af)(pyproject, 'project'), 'name') ?? '');
}
/** Folders that a pattern such as `packages/*` names; `**` is looked for three folders deep. */
async function foldersOf(reader, root, pattern) {
    let folders = [root];
    for (const part of pattern.split('/').filter((piece) => piece !== '' && piece !== '.')) {
        if (part === '**') {
            const levels = [folders];
            for (let depth = 0; depth < 3; depth++)
                levels.push(await workspace_members_inside(reader, levels[depth] ?? [], '*'));
            folders = levels.flat();
        }
        else
            folders = /[*?[]/.test(part) ? await workspace_members_inside(reader, folders, part) : folders.map((folder) => external_node_path_.join(folder, part));
    }
    return folders;
}
async function workspace_members_inside(reader, folders, part) {
    const lists = await Promise.all(folders.map(async (folder) => {
        await reader.files.checkInside(reader.top, folder);
        const entries = await reader.files.list(folder);
        return entries.filter((entry) => uv_workspace_fits(part, entry) && !/^(\.|node_modules$)/.test(entry)).map((entry) => external_node_path_.join(folder, entry));
    }));
    return lists.flat();
}

;// CONCATENATED MODULE: ./lib/run/prepare/make-plan.js































/** Reads the project and makes the plan; tells what was found and chosen, and why. */
async function makePlan(inputs, world, runner) {
    const { context } = world;
    const { faults, dockerfiles } = await checkInputs(inputs, world);
    const found = await readFound(inputs, world, runner);
    const { project, versioning, member, indexes, at, checkout } = found;
    const { buildConstraints } = readUvSettings(uvOf(member).settings);
    const known = { project, ...checkout, knownTags: undefined, buildConstraints, ...(versioning && { versioning }) };
    const facts = { ...known, runner: withProjectIndexes(runner, indexes), now: world.now() };
    const first = (0,errors/* unlessFaults */["in"])(faults, () => {
        if (context.inActions)
            refuseUnknown(inputs, world, project, member.pyproject);
        return planRun(inputs, context, facts);
    });
    const needed = needsKnownTags({ version: inputs.version, imageName: first.repository.path }, at);
    const plan = needed === 'none' ? first : planRun(inputs, context, { ...facts, knownTags: await knownTags(world, inputs, first, needed) });
    tellChoices(inputs, world, plan, found);
    await tellNotices(inputs, world, plan, found);
    const builds = unfollowedForBuilds(member, project.buildRequires);
    if (builds && project.sourceOnly === undefined)
        throw builds;
    tellUnused(inputs, await Promise.all(dockerfiles), world);
    tellUnfollowed(indexes, plan, inputs, world);
    return plan;
}
/** All that can be said against the inputs before the project is read. */
async function checkInputs(inputs, world) {
    const { context } = world;
    const dockerfiles = ownDockerfiles(inputs).map(([input, file]) => readDockerfile(world, input, external_node_path_.join(context.workspace, inputs.path, file)));
    const faults = await (0,errors/* faultsOf */.xm)([
        checkWheelhouse(inputs, world),
        checkShelves(world),
        checkVolumes(world, inputs.volumes),
        checkLogins(inputs, context.actor),
        ...dockerfiles,
    ]);
    return { faults, dockerfiles };
}
/** The folder that `path` names; the project's may be its src/. */
function askedFolder({ path: given }, { context }) {
    return external_node_path_.join(context.workspace, given);
}
/** What is there: the project, its commit, and what its files say of versions and indexes. */
async function readFound(inputs, world, runner) {
    const { context, log, git, paths } = world;
    // As the wheelhouse, they are named from `path`.
    const given = inputs.requirements.map((file) => external_node_path_.relative(paths.project, external_node_path_.join(askedFolder(inputs, world), file)));
    const withheld = [];
    const files = await runner.sourcePaths(paths.project, withheld, context.workspace);
    tellWithheld(world, withheld);
    const tree = await readTree({ project: paths.project, workspace: context.workspace }, files, given, world.files);
    const [commit, origin, head] = await Promise.all([git.commit(paths.project), git.origin(paths.project), git.head(paths.project)]);
    const repositoryName = (context.repository || origin || '').split('/')[1];
    const fallback = tree.folder === '.' ? repositoryName || external_node_path_.basename(context.workspace) : external_node_path_.basename(tree.folder);
    const project = readProject(tree, fallback, given, inputs.wheel);
    const at = contextAtHead(context, head, inputs.imageName || project.name).context;
    const versioning = project.sourceOnly === undefined ? await readVersioning(world, tree, paths.project, tagOf(at)) : undefined;
    const member = await readMember({ files: world.files, top: context.workspace }, paths.project);
    const chosen = { extras: inputs.extras, groups: inputs.groups };
    const indexes = withIndexesOfFiles(readProjectIndexes(member, runner.namedLogin, chosen), project);
    const addresses = [indexes.indexUrl, ...indexes.extraIndexUrls, ...Object.values(indexes.pins.indexes)];
    log.mask((0,masks/* addressSecrets */.Y9)(addresses.join(' ')).flatMap(masks/* masksOf */.JF));
    return { project, tree, at, versioning, member, indexes, checkout: { commit, origin, head } };
}
/** What was found and chosen. */
function tellChoices(inputs, world, plan, { project, tree, indexes }) {
    const { log } = world;
    log.info(`Packaging ${project.name} (${project.definedBy} in ${tree.folder}; name from ${project.nameFrom})`);
    log.info(`  image ${plan.names.release}:${plan.tags.primary}, from ${plan.parent} (${plan.pythonFrom})`);
    const { indexUrl, extraIndexUrls } = plan.settings;
    if (indexUrl || extraIndexUrls.length > 0)
        log.info(`  indexes in order: ${[...extraIndexUrls, indexUrl || 'the public one'].map(text_addresses/* withoutLogin */.Gq).join(', ')}`);
    for (const [name, pins] of Object.entries(indexes.pins.packages))
        log.info(`  ${name} comes from ${pins.map(({ index }) => index).join(' or ')} alone, as [tool.uv.sources] says`);
    if (world.paths.project !== external_node_path_.join(askedFolder(inputs, world), '.')) {
        log.info(`  ${inputs.path || 'the workspace'} has no metadata and its src/ has, so that is the project (the inputs path and requirements say otherwise)`);
    }
}
async function tellNotices(inputs, world, plan, { project, tree, member, versioning }) {
    const { log } = world;
    const groups = defaultGroupsNotice(member.pyproject, inputs.groups);
    for (const notice of [...plan.notices, ...(groups ? [groups] : [])])
        log.notice(notice);
    const told = versioning?.source.kind === 'git';
    if (!told && project.definedBy === 'setup.py' && asksGit(tree.texts.get('setup.py') ?? ''))
        log.notice(`setup.py asks git. ${WITHOUT_GIT}`);
    const tagless = await taglessNotice(world, versioning, plan);
    if (tagless)
        log.notice(tagless);
}
function tellUnused({ buildArgs }, dockerfiles, { log }) {
    if (dockerfiles.length === 0)
        return;
    const unused = Object.keys(buildArgs).filter((name) => !dockerfiles.some(({ text }) => mentions(text, name)));
    if (unused.length > 0)
        log.notice(`build-args: no Dockerfile names ${unused.join(', ')}.`);
}
/** A clone that was made without tags has no version to give, whatever its depth: its origin is asked whether it has some. */
async function taglessNotice(world, versioning, plan) {
    const { source, git } = versioning ?? {};
    if (source?.kind !== 'git' || !git || git.shallow || git.nearest || git.tag === 'here' || plan.versionIsSet)
        return undefined;
    const tags = await world.git.originTags(world.paths.project);
    if (!tags || tags.length === 0)
        return undefined;
    return (`The version comes from git, and this clone has none of the ${tags.length} tags of its origin: the wheel's version is made of the commits alone. ` +
        'Let actions/checkout fetch them (fetch-depth: 0, or fetch-tags: true).');
}
/** @throws UserError where another index would answer in the place of one that the project names for a package */
function tellUnfollowed({ unfollowed }, { project }, inputs, { log }) {
    const decided = project.lock !== undefined || inputs.extraIndexUrls.length > 0 || inputs.indexUrl !== '';
    if (unfollowed.length === 0)
        return;
    if (!decided) {
        throw new errors/* UserError */.yo('project', `pyproject.toml says where packages come from in a way that is not followed (${unfollowed.join(', ')}), and another index must not answer in its place`, 'Commit a lock, or set extra-index-urls to the indexes that are meant.');
    }
    log.warning(`pyproject.toml has settings of indexes that are not followed: ${unfollowed.join(', ')}. Set extra-index-urls.`);
}
/** Those that requirements files name count where the files do, before those of pyproject.toml. */
function withIndexesOfFiles(indexes, project) {
    if (!project.requirements || !filesCount(project))
        return indexes;
    const { indexUrl, extraIndexUrls } = followedIndexes(project.requirements);
    return { ...indexes, indexUrl: indexUrl || indexes.indexUrl, extraIndexUrls: [...extraIndexUrls, ...indexes.extraIndexUrls] };
}
/** The project's own indexes come after those that the inputs or the runner name, as uv has it. */
function withProjectIndexes(runner, { indexUrl, extraIndexUrls, pins }) {
    return { ...runner, indexUrl: runner.indexUrl || indexUrl, projectIndexUrls: extraIndexUrls, pins };
}
/** The wheelhouse is pruned, so it must be ours: no link to elsewhere, no folder with files of the repository. */
async function checkWheelhouse(inputs, { files, git, paths, context }) {
    const parts = external_node_path_.relative(context.workspace, paths.wheelhouse).split(external_node_path_.sep);
    for (let i = 1; i <= parts.length; i++) {
        if (await files.isLink(external_node_path_.join(context.workspace, ...parts.slice(0, i)))) {
            throw new errors/* UserError */.yo('inputs', `wheelhouse "${inputs.wheelhouse}" leads through a symbolic link`, 'Name a folder inside the workspace.', { input: 'wheelhouse' });
        }
    }
    const tracked = await git.tracked(paths.wheelhouse);
    if (tracked.length > 0) {
        throw new errors/* UserError */.yo('inputs', `wheelhouse "${inputs.wheelhouse}" holds files of the repository (${tracked[0]})`, 'Name another folder: what the lock does not name is removed from it.', { input: 'wheelhouse' });
    }
}
/**
 * Reads what the plan is made from. Requirements files may include others of the workspace, also above the project's folder.
 * @param project and workspace absolute folders
 * @param files paths of the project's files
 * @param given requirements files that the user names, relative to the project
 * @throws UserError for a file that leads out of the workspace, and for texts that are far too long
 */
async function readTree({ project, workspace }, files, given, { readInside }) {
    const texts = new Map();
    const included = new Set(given); // by whatever name
    let left = text_size/* TREE_SIZE */.pL;
    const lock = findLock(files);
    const levels = external_node_path_.relative(workspace, project).split(external_node_path_.sep).filter(Boolean).length;
    const upwards = (name) => Array.from({ length: levels }, (_, i) => `${'../'.repeat(i + 1)}${name}`);
    const queue = [
        ...READ,
        ...files.filter((file) => isRequirementsFile(file) || isDjangoStart(file)),
        ...(files.some((file) => METADATA.some(([name]) => name === file))
            ? []
            : files.filter((file) => /^[^/]+\.py$/.test(file)).slice(0, 20)), // scripts
        ...given,
        ...['.python-version', '.tool-versions'].flatMap(upwards),
        ...(lock ? [lock.file] : upwards('uv.lock')), // of a workspace that the project is a member of
    ];
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        const at = external_node_path_.join(project, name);
        if (texts.has(name) || external_node_path_.relative(workspace, at).startsWith('..'))
            continue;
        const text = await readInside(workspace, at, READ.includes(name) || isDjangoStart(name) ? text_size/* TEXT_SIZE */.yf : text_size/* LOCK_SIZE */.oA);
        if (text === undefined)
            continue;
        texts.set(name, text);
        left -= text.length;
        if (left < 0)
            throw make_plan_tooMuch(name);
        if (!isRequirementsFile(external_node_path_.basename(name)) && !included.has(name))
            continue;
        for (const other of includesOf(name, text)) {
            included.add(other);
            queue.push(other);
        }
    }
    return { folder: external_node_path_.relative(workspace, project) || '.', files, texts };
}
function make_plan_tooMuch(name) {
    return new errors/* UserError */.yo('project', `the project holds more text than any needs, up to ${name}`, 'Check what requirements files include.');
}
/** What makes a file of a folder its metadata: pyproject.toml and setup.cfg may hold settings of tools alone. */
const METADATA = [
    ['pyproject.toml', /^[ \t]*\[[ \t]*(project|build-system|tool[ \t]*\.[ \t]*poetry)\b/m],
    ['setup.py', /(?:)/],
    ['setup.cfg', /^\[(metadata|options)\b/m],
];
/**
 * The project folder: `path`, or its `src/` where only that holds metadata.
 * @throws UserError where there is no such folder, or a link leads out of the workspace
 */
async function findProject(workspace, given, files) {
    const asked = external_node_path_.join(workspace, given);
    const there = await files.status(asked);
    if (!there?.folder) {
        throw new errors/* UserError */.yo('project', there ? `"${given}" is no folder` : `there is no folder "${given}" in the workspace`, 'Check path, and in a workflow that actions/checkout ran before this step.');
    }
    await files.checkInside(workspace, asked);
    const holds = async (folder) => {
        const texts = await Promise.all(METADATA.map(([name]) => files.readInside(workspace, external_node_path_.join(folder, name), text_size/* TEXT_SIZE */.yf)));
        return METADATA.some(([, sign], i) => texts[i] !== undefined && sign.test(texts[i]));
    };
    if (await holds(asked))
        return asked;
    return (await holds(external_node_path_.join(asked, 'src'))) ? external_node_path_.join(asked, 'src') : asked;
}

;// CONCATENATED MODULE: ./lib/plan/cache-keys.js



/** Entries of an older layout are not asked for, and records of one are not read. */
const LAYOUT = 2;
/** The facts of a run. @param architecture that the image is for */
function cacheFacts(plan, inputs, architecture) {
    return {
        architecture,
        folder: inputs.path,
        suffix: inputs.cacheSuffix,
        parent: [plan.parent, inputs.baseDockerfile].filter(Boolean).join(' '),
        python: plan.python ?? '',
        index: indexPrint(plan.settings),
        definition: [plan.project.definition, ...inputs.packages].join('\n'),
        extras: [
            ...(0,lib_inputs/* chosenNames */.Fg)(inputs),
            ...(0,lib_inputs/* chosenNames */.Fg)({ extras: inputs.testExtras, groups: inputs.testGroups }).map((name) => `test:${name}`),
        ],
        newest: plan.newest.day,
        buildPackages: plan.settings.builder ? [plan.settings.builder] : inputs.buildPackages,
    };
}
/** The one maker of cache keys. */
function cacheKeys(facts) {
    const scope = code(JSON.stringify([facts.folder, facts.suffix]));
    const start = `pypackager-${LAYOUT}-${facts.architecture}-${scope}`;
    const image = { 'parent image': code(facts.parent), python: code(facts.python) };
    // Legs of a matrix prune each other's wheels, so each keeps entries of its own.
    const extras = code([...facts.extras].sort().join(','));
    return {
        downloads: {
            family: `${start}-downloads-`,
            parts: {
                ...image,
                'package index': code(facts.index),
                extras,
                'files that define the project': code(facts.definition),
                'exclude-newer': code(facts.newest),
            },
        },
        // Which compiled wheel is used again, its manifest decides: the requirements are no part of the key.
        compiled: {
            family: `${start}-compiled-`,
            parts: { ...image, extras, 'build-packages': code([...facts.buildPackages].sort().join(' ')) },
        },
    };
}
/** What a key for these very parts begins with; the content's code follows. */
function ownPrefix({ family, parts }) {
    return `${family}${Object.values(parts).join('.')}-`;
}
/** What to ask the cache service for, the best first: fewer and fewer parts are the same. */
function prefixes(keys) {
    const codes = Object.values(keys.parts);
    const shorter = codes.slice(0, -1).map((_, i) => `${keys.family}${codes.slice(0, codes.length - 1 - i).join('.')}.`);
    return [ownPrefix(keys), ...shorter, keys.family];
}
/** Whether an entry is that of the same parts, not only of the same project. */
function isOwn(keys, found) {
    return found?.startsWith(ownPrefix(keys)) ?? false;
}
/** The parts in which a found entry differs, by the names that the log uses. */
function changedSince(keys, found) {
    const codes = found.slice(keys.family.length).split('-')[0]?.split('.') ?? [];
    return Object.entries(keys.parts).flatMap(([name, now], i) => (codes[i] === now ? [] : [name]));
}
function code(text) {
    return sha256(text).slice(0, 8);
}

;// CONCATENATED MODULE: ./lib/judge/checks/checks.js


/** What is checked on a built image, in the order of the list. */
const CHECK_NAMES = [
    'platform',
    'user',
    'secrets',
    'wheels',
    'compilers',
    'libraries',
    'imports',
    'scripts',
    'apps',
    'start',
    'stop',
    'content',
    'migrations',
    'deploy',
    'metadata',
];
const WARNINGS = new Set(['start', 'stop', 'content', 'migrations', 'deploy', 'metadata']);
function kind(name) {
    return { name, level: WARNINGS.has(name) ? 'warning' : 'error' };
}
function passed(name, text) {
    return { ...kind(name), state: 'passed', text, next: '' };
}
function failed(name, text, next, level = kind(name).level) {
    return { name, level, state: 'failed', text: (0,words/* shorten */.ml)((0,words/* onOneLine */.GJ)(text), checks_LONGEST), next };
}
/** It could not be looked at: that never counts as passed. */
function undone(name, what, why, next = '') {
    return { ...kind(name), state: 'undone', text: `${what}: not checked: ${(0,words/* shorten */.ml)((0,words/* onOneLine */.GJ)(why), checks_LONGEST)}`, next };
}
/** The list in its order. */
function checks_inOrder(checks) {
    return [...checks].sort((a, b) => CHECK_NAMES.indexOf(a.name) - CHECK_NAMES.indexOf(b.name));
}
/** `✓ runs as uid 10001`: ✓ passed, ✗ an error, ! a warning, – not checked. */
function checkLine(check, mode) {
    return `${mark(check, mode)} ${check.text}`;
}
function mark({ state, level }, mode) {
    if (state === 'passed')
        return '✓';
    if (state === 'undone')
        return '–';
    return stops(level, mode) ? '✗' : '!';
}
/** Those that stop an image: none where `checks` is `warn`. */
function fatal(checks, mode) {
    return checks.filter(({ state, level }) => state === 'failed' && stops(level, mode));
}
function stops(level, mode) {
    return mode === 'strict' || (mode === 'error' && level === 'error');
}
/** The error of an image that may not leave this machine: the first check that it failed, and what to mend. */
function checksError([first, ...others]) {
    if (!first)
        return undefined;
    const more = others.length > 0 ? ` (and ${others.length} more of the checks failed)` : '';
    return new errors/* UserError */.yo('checks', `${first.text}${more}`, first.next || 'The list above has more.');
}
const ANNOTATIONS = 8;
/** Texts for annotations: warnings, and of errors those that do not stop the image. @returns at most 8 */
function checkWarnings(checks, mode) {
    const stopping = new Set(fatal(checks, mode));
    const found = checks.filter((check) => check.state === 'failed' && !stopping.has(check));
    const texts = found.map(({ text, next }) => sentence(text, next));
    if (texts.length <= ANNOTATIONS)
        return texts;
    return [...texts.slice(0, ANNOTATIONS - 1), `${texts.length - ANNOTATIONS + 1} more of the checks failed; the list in the log has them.`];
}
/** What was not checked although it should have been. @returns '' where nothing */
function undoneNotice(checks) {
    return checks
        .filter(({ state, next }) => state === 'undone' && next !== '')
        .map(({ text, next }) => sentence(text, next))
        .slice(0, 3)
        .join(' ');
}
/** How many passed, in one line. */
function checks_checksTally(checks, mode) {
    const count = (state) => checks.filter((check) => check.state === state).length;
    const errors = fatal(checks, mode).length;
    const warnings = count('failed') - errors;
    const parts = [
        `${count('passed')} passed`,
        ...(errors > 0 ? [`${errors} failed`] : []),
        ...(warnings > 0 ? [`${warnings} warnings`.replace(/^1 warnings/, '1 warning')] : []),
        ...(count('undone') > 0 ? [`${count('undone')} not done`] : []),
    ];
    return parts.join(', ');
}
function sentence(text, next) {
    const head = `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
    return `${head.replace(/\.$/, '')}.${next ? ` ${next}` : ''}`;
}
const checks_LONGEST = 400;

;// CONCATENATED MODULE: ./lib/run/wheelhouse-folder/record-schemas.js




/** What layers were read for where the run knew no secret: that may leave this machine. */
const NO_SECRETS = 'no secrets';
/** Names of parts are shown in the log, so they must be such as we write. */
const parts = dist/* record */.g1P(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[\w .-]{1,40}$/)), dist/* string */.YjP());
/** Images of runs that were killed one after the other. */
const MOST_PASSING = 50;
/** A fingerprint of ours. */
const record_schemas_print = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[0-9a-f]{16}$/));
const requirements = dist/* object */.Ikc({
    name: grammar/* packageName */.oZ,
    summary: (0,grammar/* line */.n8)(10_000),
    license: (0,grammar/* line */.n8)(100_000),
    requiresPython: (0,grammar/* line */.n8)(),
    requires: dist/* array */.YOg(grammar/* requirement */.aS),
    extras: dist/* array */.YOg(grammar/* normalizedName */.j8),
});
/** Without the names in the wheel, see `lasting`. */
const contents = dist/* object */.Ikc({
    scripts: dist/* record */.g1P((0,grammar/* line */.n8)(200), (0,grammar/* line */.n8)()),
    roots: dist/* array */.YOg(dist/* pipe */.FsL(dist/* object */.Ikc({ prefix: (0,grammar/* line */.n8)(4096), packages: dist/* exactOptional */.yqP(dist/* array */.YOg((0,grammar/* line */.n8)(200))) }), dist/* transform */.pdi(({ prefix, packages }) => ({ prefix, packages })))),
});
const scans = (open) => (0,grammar/* entries */.jO)((0,grammar/* line */.n8)(200), dist/* pipe */.FsL(dist/* object */.Ikc({ version: (0,grammar/* line */.n8)(40), print: (0,grammar/* line */.n8)(200), layers: dist/* array */.YOg(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[\w:.-]{1,200}$/))) }), dist/* check */.z6Y((scan) => (scan.print === NO_SECRETS) === open)));
const check = dist/* object */.Ikc({
    name: dist/* picklist */.KIO(CHECK_NAMES),
    level: dist/* picklist */.KIO(['error', 'warning']),
    state: dist/* picklist */.KIO(['passed', 'failed', 'undone']),
    text: dist/* string */.YjP(),
    next: dist/* string */.YjP(),
    port: dist/* optional */.lqM(dist/* number */.aig()),
});
/**
 * What either file of the wheelhouse may say: one comes from a cache, and the folder from wherever a workflow got it.
 * A record of another shape is none.
 */
const RESOLUTION = {
    target: dist/* object */.Ikc({ parts, target: targetSchema }),
    lock: dist/* object */.Ikc({ parts, sha256: grammar/* sha256Text */.f1 }),
    buildLocks: (0,grammar/* entries */.jO)(record_schemas_print, dist/* object */.Ikc({ sha256: grammar/* sha256Text */.f1, files: dist/* record */.g1P(grammar/* wheelName */.nK, grammar/* sha256Text */.f1) })),
    told: dist/* object */.Ikc({ definition: (0,grammar/* line */.n8)(200), requirements, contents }),
    own: dist/* object */.Ikc({ definition: (0,grammar/* line */.n8)(200), requires: dist/* array */.YOg(grammar/* indexedRequirement */.xy), compiled: dist/* boolean */.zMY() }),
    debian: dist/* object */.Ikc({ parts, files: dist/* record */.g1P(grammar/* debName */.J5, grammar/* sha256Text */.f1) }),
    scans: scans(true),
    images: (0,grammar/* entries */.jO)((0,grammar/* line */.n8)(200), parts),
};
const LOCAL = {
    project: dist/* object */.Ikc({
        parts,
        file: grammar/* wheelName */.nK,
        sha256: grammar/* sha256Text */.f1,
        metadata: dist/* string */.YjP(),
        packages: dist/* array */.YOg(grammar/* debianName */.nI),
        calledGit: dist/* exactOptional */.yqP(dist/* boolean */.zMY()),
    }),
    sboms: (0,grammar/* entries */.jO)((0,grammar/* line */.n8)(255), dist/* object */.Ikc({ print: (0,grammar/* line */.n8)(200), sha256: grammar/* sha256Text */.f1 })),
    releases: (0,grammar/* entries */.jO)((0,grammar/* line */.n8)(200), parts),
    passing: (0,grammar/* entries */.jO)((0,grammar/* line */.n8)(200), (0,grammar/* listOf */.c3)(record_schemas_print, MOST_PASSING)),
    said: (0,grammar/* entries */.jO)((0,grammar/* line */.n8)(200), dist/* object */.Ikc({ release: record_schemas_print, lines: (0,grammar/* listOf */.c3)((0,grammar/* line */.n8)(5000), 300) })),
    proofs: (0,grammar/* entries */.jO)((0,grammar/* line */.n8)(200), dist/* object */.Ikc({ image: (0,grammar/* line */.n8)(200), print: (0,grammar/* line */.n8)(200), checks: dist/* array */.YOg(check) })),
    scans: scans(false),
};

;// CONCATENATED MODULE: ./lib/run/wheelhouse-folder/records.js






/** More than any record of ours takes; a file that is larger is none. */
const MOST_BYTES = 4_000_000;
/**
 * The records of one wheelhouse, which own both of its files: read at the first question, changed in memory, written by
 * `save`. A file that is missing, damaged or of another layout is empty. Each file may speak only of its own records; with
 * a signing key only of those that were signed with it.
 */
class Records {
    place;
    changes = new Map();
    reading;
    writing = Promise.resolve();
    constructor(place) {
        this.place = place;
    }
    async get(name) {
        return (await this.all())[name];
    }
    set(name, value) {
        this.changes.set(name, value);
    }
    /** Sets one entry of a record that is a table; the others stay as they are. */
    async put(name, key, value) {
        const loaded = await this.load(); // from here on at once, or one of two puts side by side would be lost
        this.set(name, { ...this.merged(loaded)[name], [key]: value });
    }
    async all() {
        return this.merged(await this.load());
    }
    /** The files are others now: what was set stays, all else is read again. */
    reload() {
        this.reading = undefined;
    }
    /** Writes both files where anything was set. */
    save() {
        this.writing = this.writing.then(() => this.write());
        return this.writing;
    }
    /** Names of the records at hand that a run with a key does not use. */
    async unsigned() {
        const { resolution, local } = await this.load();
        const names = [resolution, local].flatMap(({ records, signatures }) => Object.entries(records).flatMap(([name, value]) => (this.trusts(name, value, signatures) ? [] : [name])));
        return [...new Set(names)];
    }
    /** With a key: takes what it did not sign out of the files. */
    async dropUnsigned() {
        for (const name of (await this.unsigned()))
            this.set(name, await this.get(name));
        await this.save();
    }
    merged(loaded) {
        return { ...this.trusted(loaded), ...Object.fromEntries(this.changes) };
    }
    trusts(name, value, signatures) {
        return this.place.signer.trusts(records_kindOf(name), value, signatures[name]);
    }
    trusted({ resolution, local }) {
        const of = ({ records, signatures }) => Object.fromEntries(Object.entries(records).filter(([name, value]) => this.trusts(name, value, signatures)));
        const [shared, own] = [of(resolution), of(local)];
        const scans = { ...shared.scans, ...own.scans };
        return { ...shared, ...own, ...(Object.keys(scans).length > 0 && { scans }) };
    }
    load() {
        this.reading ??= Promise.all([this.read(SHELF.resolution, RESOLUTION), this.read(SHELF.local, LOCAL)]).then(([resolution, local]) => ({
            resolution,
            local,
        }));
        return this.reading;
    }
    async read(file, schemas) {
        const said = (0,grammar/* readJson */.Vh)(grammar/* object */.Ik, (await this.place.files.readKept(this.at(file), MOST_BYTES)) ?? '');
        if (!said || (file === SHELF.resolution && said.layout !== LAYOUT))
            return { records: {}, signatures: {} };
        return { records: ofKind(schemas, said), signatures: readSignatures(said.signatures) };
    }
    async write() {
        if (this.changes.size === 0)
            return;
        const loaded = await this.load();
        const now = this.merged(loaded);
        this.changes.clear();
        const resolution = this.signed(RESOLUTION, now, loaded.resolution);
        const local = this.signed(LOCAL, now, loaded.local);
        this.reading = Promise.resolve({ resolution, local });
        await this.place.files.write(this.at(SHELF.resolution), records_text({ layout: LAYOUT }, resolution));
        await this.place.files.write(this.at(SHELF.local), records_text({}, local));
    }
    /** A run without the key leaves a signature where it changes nothing of what was signed. */
    signed(schemas, now, before) {
        const records = ofKind(schemas, JSON.parse(JSON.stringify(now))); // nothing is written that would not be read again
        const unchanged = (name) => JSON.stringify(before.records[name]) === JSON.stringify(records[name]);
        const signatures = Object.entries(records).flatMap(([name, value]) => {
            const signature = this.place.signer.sign(records_kindOf(name), value) ?? (unchanged(name) ? before.signatures[name] : undefined);
            return signature === undefined ? [] : [[name, signature]];
        });
        return { records, signatures: Object.fromEntries(signatures) };
    }
    at(file) {
        return external_node_path_.join(this.place.folder, file);
    }
}
function records_text(head, { records, signatures }) {
    const signed = Object.keys(signatures).length > 0 ? { signatures } : {};
    return `${JSON.stringify({ ...head, ...records, ...signed }, null, 1)}\n`;
}
function readSignatures(given) {
    const result = dist/* safeParse */.xLC((0,grammar/* entries */.jO)(dist/* string */.YjP(), grammar/* sha256Text */.f1), given);
    return result.success ? result.output : {};
}
function ofKind(schemas, said) {
    const records = Object.entries(schemas).flatMap(([name, schema]) => {
        const result = dist/* safeParse */.xLC(schema, said[name], { abortEarly: true });
        return result.success && Object.keys(result.output).length > 0 ? [[name, result.output]] : [];
    });
    return Object.fromEntries(records);
}
function records_kindOf(record) {
    return `record ${record}`;
}
/**
 * The text of `resolution.json` as far as a change of it is a reason to save the wheelhouse again: what images were made from
 * and which layers were read changes with every commit.
 */
function worthSaving(resolution) {
    const said = (0,grammar/* readJson */.Vh)(grammar/* object */.Ik, resolution);
    if (!said)
        return '';
    const volatile = { images: undefined, scans: undefined };
    return JSON.stringify([
        { ...ofKind(RESOLUTION, said), ...volatile },
        { ...readSignatures(said.signatures), ...volatile },
    ]);
}

;// CONCATENATED MODULE: ./lib/door.js























/** Makes the real effects for one run, which both front doors share. @throws UserError for a wrong `path` or `ca-bundle` */
async function openWorld(door) {
    const { inputs, env, context, log } = door;
    (0,process_child/* markChildren */.ny)(door.run);
    const project = await findProject(context.workspace, inputs.path, files/* files */.a);
    const wheelhouse = external_node_path_.join(context.workspace, inputs.path, inputs.wheelhouse);
    const explained = (error) => (0,full_disk/* namingFullDisk */.FG)(error, [context.temp, wheelhouse]);
    const folders = door.builds ? await temporaryFolders(context.temp, project, door.stages).catch(door_rethrow(explained)) : NO_FOLDERS;
    if (folders.temp)
        door.opened(folders.temp);
    try {
        const indexes = await (0,runner_settings/* runnerIndexes */.zT)(env);
        door.hide((0,masks/* addressSecrets */.Y9)([indexes.indexUrl, ...indexes.extraIndexUrls].join('\n')));
        const caBundle = door.builds ? await trusted(inputs.caBundle, door, folders.temp) : '';
        const signer = hmacSigner(inputs.cacheSigningKey, context.repository);
        const world = {
            log,
            docker: (0,docker/* dockerClient */._)(folders.temp, door.run, log, inputs),
            registry: registryOf(),
            downloads: lazyDownloads(() => undefined, inputs.timeout),
            cache: door.cache(folders.temp),
            git: (0,git/* gitClient */.i)((0,time_limits/* limitOf */.LF)('transfer', inputs.timeout)),
            forge: forgeAt(context.apiUrl),
            files: files/* files */.a,
            source: source,
            archives: archives,
            signer,
            records: new Records({ folder: wheelhouse, files: files/* files */.a, signer }),
            context,
            run: door.run,
            paths: {
                project,
                wheelhouse,
                context: folders.context,
                leanContext: folders.leanContext,
                wheelsContext: folders.wheelsContext,
                temp: folders.temp,
                stages: door.stages,
            },
            now: () => new Date(),
            pause: (seconds) => (0,external_node_timers_promises_.setTimeout)(seconds * 1000),
        };
        return { world, runner: { caBundle, ...indexes, namedLogin: (0,runner_settings/* namedLogin */.Bv)(env), sourcePaths: sourcePaths }, explained, dispose: folders.dispose };
    }
    catch (error) {
        const told = await explained(error); // while the disk is still as full
        await folders.dispose();
        throw told;
    }
}
function door_rethrow(explained) {
    return async (error) => {
        throw await explained(error);
    };
}
const NO_FOLDERS = { temp: '', context: '', leanContext: '', wheelsContext: '', dispose: async () => { } };
/** What is known of this run from outside; a run without an event, or with a damaged one, has none. */
function contextOf(env, cwd) {
    return runContext(env, payload(env.GITHUB_EVENT_PATH), cwd, (0,external_node_os_.tmpdir)());
}
function payload(file) {
    try {
        return file ? JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8')) : {};
    }
    catch {
        return {};
    }
}
/**
 * The bundle that is trusted from here on and in the builds, beside the usual authorities; '' for none. The
 * machine's own is used as far as it can be read.
 */
async function trusted(input, { env, context: { workspace }, log }, temp) {
    const given = input && external_node_path_.resolve(workspace, input);
    const bundle = given || (0,runner_settings/* runnerCaBundle */.zC)(env);
    if (!bundle)
        return '';
    try {
        const ofProject = given !== '' && (0,inside/* isBelow */.Yw)(given, workspace);
        const text = ofProject ? await files/* files */.a.readInside(workspace, given, text_size/* TEXT_SIZE */.yf) : await (0,promises_.readFile)(bundle, 'utf8');
        if (given && (0,runner_settings/* certificatesIn */.Yc)(text ?? '').length === 0)
            throw new Error(text === undefined ? 'it is not there' : 'it holds no certificate');
        const { pem, here } = (0,runner_settings/* trustBundle */.FG)(text ?? '');
        if (!here)
            log.notice(`Downloads do not trust ${bundle}: Node ${process.version} cannot be told to, which takes 24.5 or later. The builds do trust it.`);
        const all = external_node_path_.join(temp, 'ca.pem');
        await (0,promises_.writeFile)(all, pem);
        return all;
    }
    catch (error) {
        if (given)
            throw new errors/* UserError */.yo('inputs', `ca-bundle ${given} cannot be read: ${error.message}`, 'Name a PEM file below the workspace.', { input: 'ca-bundle' });
        return '';
    }
}
// The libraries behind these ports take a quarter of a second to load, and many runs need none of them.
function lazyDownloads(logins, timeout) {
    let made;
    const make = async () => (await Promise.all(/* import() */[__webpack_require__.e(942), __webpack_require__.e(230)]).then(__webpack_require__.bind(__webpack_require__, 6230))).indexDownloads(logins, (0,time_limits/* limitOf */.LF)('transfer', timeout));
    return {
        async fetch(...request) {
            made ??= make();
            return (await made).fetch(...request);
        },
        withLogins: (others) => lazyDownloads(others, timeout),
    };
}
function registryOf() {
    let made;
    const real = async () => {
        made ??= (await Promise.all(/* import() */[__webpack_require__.e(942), __webpack_require__.e(470)]).then(__webpack_require__.bind(__webpack_require__, 6470))).httpRegistry();
        return made;
    };
    return {
        existingLogin: async (...request) => (await real()).existingLogin(...request),
        asksHelper: async (...request) => (await real()).asksHelper(...request),
        mayPush: async (...request) => (await real()).mayPush(...request),
        held: async (...request) => (await real()).held(...request),
        retag: async (...request) => (await real()).retag(...request),
        digest: async (...request) => (await real()).digest(...request),
        labels: async (...request) => (await real()).labels(...request),
        upload: async (...request) => (await real()).upload(...request),
        manifest: async (...request) => (await real()).manifest(...request),
        putManifest: async (...request) => (await real()).putManifest(...request),
        tags: async (...request) => (await real()).tags(...request),
    };
}
function forgeAt(apiUrl) {
    return { tags: async (...request) => (await Promise.all(/* import() */[__webpack_require__.e(942), __webpack_require__.e(470)]).then(__webpack_require__.bind(__webpack_require__, 6470))).gitHub(apiUrl).tags(...request) };
}

// EXTERNAL MODULE: ./lib/effects/docker/containers.js
var docker_containers = __webpack_require__(5943);
;// CONCATENATED MODULE: ./lib/effects/process/left-processes.js



// Whoever kills us by SIGKILL leaves the programs that we started: a docker client would go on building, and its daemon with it.
/** What we start, or what that starts; daemons that serve others too (an agent, git's cache of logins) are none of these. */
const PROGRAMS = /^(docker|docker-buildx|git|tar|zstd|gzip|bzip2|node)$/;
const ROUNDS = 5;
/**
 * Ends the programs of runs that are over, wherever they went: each has the name of its run in its environment, which no
 * other process can have by accident. Without /proc there is nothing to read, and nothing is ended.
 * @param isOver whether a run, by its name, is over
 */
async function endLeftProcesses(isOver) {
    for (let round = 0; round < ROUNDS; round++) {
        const left = await processesOf(isOver);
        for (const pid of left)
            kill(pid);
        if (left.length === 0)
            return; // else one may have started another meanwhile
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
async function processesOf(isOver) {
    const pids = (await (0,promises_.readdir)('/proc').catch(() => [])).map(Number).filter((pid) => pid > 1 && pid !== process.pid);
    const ours = await Promise.all(pids.map((pid) => left_processes_isOurs(pid, isOver)));
    return pids.filter((_, i) => ours[i]);
}
async function left_processes_isOurs(pid, isOver) {
    const [environment, words] = await Promise.all(['environ', 'cmdline'].map((file) => partsOf(`/proc/${pid}/${file}`)));
    const run = environment?.find((line) => line.startsWith(`${process_child/* RUN_VARIABLE */.hd}=`))?.slice(process_child/* RUN_VARIABLE */.hd.length + 1);
    if (!run || !isOver(run))
        return false;
    const [program = '', ...rest] = words ?? [];
    return PROGRAMS.test(external_node_path_.basename(program)) && !rest.some((word) => word.endsWith('--daemon'));
}
/** Empty for a process that is gone, and for those of others. */
async function partsOf(file) {
    return (await (0,promises_.readFile)(file, 'utf8').catch(() => '')).split('\0');
}
function kill(pid) {
    try {
        process.kill(pid, 'SIGKILL');
    }
    catch {
        // it has ended meanwhile
    }
}

;// CONCATENATED MODULE: ./lib/effects/docker/left-behind.js







// What a killed run has left a workflow's post step takes away. A tool has none, nor a runner that died: the next run looks.
/**
 * The name of a run: it tells the machine, the project and the process, so that the next run on this project knows
 * what was left behind.
 * @param project the folder of the project, or the workspace
 */
function runName(project) {
    return `${prefix(project)}${process.pid}.${startOf(process.pid)}.${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`;
}
/**
 * Ends programs and removes containers of runs of this project whose process is gone, and their images that have no
 * name of their own; those of others, and of living ones, stay.
 */
async function sweepLeftBehind(project) {
    const isOver = (name) => name.startsWith(prefix(project)) && !isAlive(name.slice(prefix(project).length));
    await endLeftProcesses(isOver);
    const env = (0,process_child/* childEnvironment */.Qc)(process.env);
    /** @param what lines of an id and the name of a run */
    const dead = async (what) => {
        const found = await (0,process_child/* run */.eF)('docker', what, { env, limit: 10_000 });
        const lines = found.code === 0 ? found.stdout.split('\n') : [];
        return lines.flatMap((line) => {
            const [id = '', name = ''] = line.split(' ');
            return isOver(name) ? [id] : [];
        });
    };
    const containers = await dead(['ps', '--all', `--filter=label=${docker_containers/* RUN_LABEL */.jQ}`, `--format={{.ID}} {{.Label "${docker_containers/* RUN_LABEL */.jQ}"}}`]);
    if (containers.length > 0)
        await (0,process_child/* run */.eF)('docker', ['rm', '--force', '--volumes', ...containers], { env, limit: 15_000 });
    const images = await dead(['image', 'ls', '--format={{.Repository}}:{{.Tag}} {{.Tag}}', docker_port/* UNFINISHED */.yA]);
    if (images.length > 0)
        await (0,process_child/* run */.eF)('docker', ['image', 'rm', '--no-prune', ...images], { env, limit: 15_000 });
}
function prefix(project) {
    return `run.${left_behind_short((0,external_node_os_.hostname)())}.${left_behind_short(project)}.`;
}
function left_behind_short(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex').slice(0, 12);
}
/** @param rest `pid.start.…` of a run's name */
function isAlive(rest) {
    const [pid = '', start = ''] = rest.split('.');
    try {
        process.kill(Number(pid), 0);
    }
    catch (error) {
        if (error.code !== 'EPERM')
            return false;
    }
    return startOf(Number(pid)) === start;
}
/** When a process began, in ticks since the system did: ids are used again. '0' where the system does not tell. */
function startOf(pid) {
    try {
        // The second field is the program's name in brackets, which may hold anything.
        return ((0,external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'utf8')
            .replace(/^.*\) /s, '')
            .split(' ')[19] ?? '0');
    }
    catch {
        return '0';
    }
}

// EXTERNAL MODULE: ./lib/effects/log/terminal-log.js
var terminal_log = __webpack_require__(2312);
;// CONCATENATED MODULE: ./lib/effects/process/cancellation.js

/** Milliseconds from the first signal: children are killed, then we are gone. Runners kill us after 10 s. */
const KILL_MS = 3000;
const GONE_MS = 4000;
/**
 * Runners send SIGINT, then SIGTERM 7.5 s later, to this process alone, and a terminal SIGINT: our children are ended here.
 * @param said is called once
 * @param clear removes what the run has made
 * @param code the exit code
 */
function cancelOnSignals(said, clear, code) {
    let cancelled = false;
    let ending = code;
    const cancel = (how, tell) => {
        if (cancelled)
            return;
        cancelled = true;
        ending = how;
        tell();
        (0,process_child/* refuseChildren */.kY)();
        (0,process_child/* stopChildren */.OD)('SIGTERM');
        setTimeout(() => (0,process_child/* stopChildren */.OD)('SIGKILL'), KILL_MS);
        setTimeout(() => void clear().finally(() => process.exit(ending)), GONE_MS);
    };
    const onSignal = () => cancel(code, said);
    const signals = ['SIGINT', 'SIGTERM'];
    for (const signal of signals)
        process.on(signal, onSignal);
    return {
        cancelled: () => cancelled,
        cancel: (other) => cancel(other, () => { }),
        code: () => ending,
        ignore() {
            for (const signal of signals)
                process.off(signal, onSignal);
        },
    };
}

// EXTERNAL MODULE: ./lib/cli/flags.js
var cli_flags = __webpack_require__(2529);
// EXTERNAL MODULE: ./lib/cli/laptop-words.js
var laptop_words = __webpack_require__(6028);
// EXTERNAL MODULE: ./lib/cli/project-settings.js
var project_settings = __webpack_require__(209);
// EXTERNAL MODULE: ./lib/cli/settings.js
var cli_settings = __webpack_require__(5997);
// EXTERNAL MODULE: ./lib/cli/trust.js
var trust = __webpack_require__(5256);
// EXTERNAL MODULE: ./lib/cli/usage.js
var usage = __webpack_require__(4761);
// EXTERNAL MODULE: ./lib/effects/log/log-line.js
var log_line = __webpack_require__(2696);
;// CONCATENATED MODULE: ./lib/cli/verbs/clean-verb.js





/** Removes the wheelhouse, and only a folder that is one. */
async function cleanWheelhouse({ world, call, around, log }) {
    const { files, git, paths } = world;
    const folder = paths.wheelhouse;
    const shown = external_node_path_.relative(around.cwd, folder) || folder;
    await files.checkInside(world.context.workspace, folder);
    const there = await files.exists(folder);
    if (there) {
        const ours = (await files.exists(external_node_path_.join(folder, SHELF.resolution))) || (await files.exists(external_node_path_.join(folder, SHELF.local)));
        const [tracked] = await git.tracked(folder);
        const refused = (why) => new errors/* UserError */.yo('clean', `${shown} ${why}`, 'Remove it by hand if it is to go.');
        if (await files.isLink(folder))
            throw refused('is a symbolic link');
        if (!ours)
            throw refused('was not filled by pypackager');
        if (tracked !== undefined)
            throw refused(`holds files of the repository (${tracked})`);
        await files.remove(folder);
    }
    if (call.json)
        around.stdout.write(`${(0,log_line/* jsonText */.s)({ removed: there ? shown : null })}\n`);
    else
        log.info(there ? `${shown} is removed` : `${shown} is not there: nothing to remove`);
    return usage.EXIT.done;
}

;// CONCATENATED MODULE: ./lib/plan/goal.js
/** Whether the release is made, be it for itself or for the images beside it. */
function makesRelease(target) {
    return target === 'release' || isBeside(target);
}
/** Whether an image beside the release is all that is asked for. */
function isBeside(target) {
    return target === 'test' || target === 'dev';
}
/** Base or builder, where that is all that is asked for. */
function imageAlone(target) {
    return target === 'base' || target === 'builder' ? target : undefined;
}

;// CONCATENATED MODULE: ./lib/report/outcome.js
/** The image's references, the primary one first: what a higher release claimed meanwhile was not pushed, other registries have it too. */
function outcome_tagged({ release, published }) {
    const named = release?.references ?? [];
    if (!published)
        return named;
    return [...named.filter((name) => published.references.includes(name)), ...published.references.filter((name) => !named.includes(name))];
}

;// CONCATENATED MODULE: ./lib/report/summary.js





const MAX_BYTES = 1_000_000; // the runner drops a summary over 1 MiB whole
/** The job summary of an outcome, as Markdown. Names that come from outside are escaped. */
function summary(outcome) {
    const first = [headline(outcome), changes(outcome), weights(outcome), parentLine(outcome), warnings(outcome), next(outcome)];
    const parts = [...first, steps(outcome), checks(outcome), commands(outcome), wheels(outcome)];
    const text = summary_joined(parts);
    if (Buffer.byteLength(text) <= MAX_BYTES)
        return text;
    const short = summary_joined([...first, steps(outcome), checks(outcome)]);
    return `${short}\nThe list of wheels is too long for a summary; the output \`wheels\` has it.\n`;
}
/** The job summary of a run that failed: the error, what to do, and what was done until then. */
function failureSummary(error) {
    const lines = errorLines(error).map(({ line }) => `- ${escapeHtml(line)}`);
    const { step, report } = error instanceof UserError ? error : { step: 'pypackager', report: '' };
    return summary_joined([`### Not packaged: ${escapeHtml(step)}`, lines.join('\n'), report]);
}
/** An error with what was done before it: a report for the summary. */
function withProgress(error, progress) {
    if (!(error instanceof errors/* UserError */.yo))
        return error;
    return error.with({ report: summary_joined([error.report, warnings(progress), steps(progress)]).trimEnd() });
}
function summary_joined(parts) {
    return `${parts.filter(Boolean).join('\n\n')}\n`;
}
/** The last line of the log: the tag, the size, the time. */
function lastLine(outcome) {
    const time = seconds(outcome.seconds);
    const { release, published } = outcome;
    if (release) {
        const where = published ? `pushed as ${published.digest}` : 'on this machine';
        return `${summary_nameOf(outcome)} · ${megabytes(release.size)} · ${where} · ${time}`;
    }
    const side = outcome.test ?? outcome.dev;
    if (side)
        return `${side.reference} · ${megabytes(side.size)} · on this machine · ${time}`;
    if (outcome.wheels)
        return `${outcome.wheels.wheels.length} wheels in ${outcome.wheels.folder} · ${time}`;
    const image = outcome.builder ?? outcome.base;
    return image ? `${image.reference} · ${time}` : `planned · ${time}`;
}
/** What the image is called: one without a tag by its ID. */
function summary_nameOf({ release, published }) {
    return outcome_tagged({ release, published })[0] ?? release?.id.slice(0, 19) ?? '';
}
function headline({ release, published, version }) {
    if (!release)
        return `### Packaged up to here: ${summary_code(version)}`;
    const where = published ? `pushed as ${summary_code(published.digest)}` : `on this machine as ${summary_code(release.id.slice(0, 19))}`;
    const others = tagged({ release, published }).slice(1);
    const also = others.length > 0 ? [`Also tagged ${others.map(summary_code).join(', ')}`] : [];
    return [`### ${summary_code(summary_nameOf({ release, published }))}`, `**${megabytes(release.size)}** · ${where}`, ...also].join('  \n');
}
/** What the packages are that the image before had not, or had otherwise. */
function changes({ changes: found }) {
    if (!found)
        return '';
    const { added, removed, changed } = found;
    const fact = ({ name, version, size }) => `${summary_code(name)} ${summary_code(version)}${size === undefined ? '' : ` (${megabytes(size)})`}`;
    const lines = [
        ...added.map((one) => `- added ${fact(one)}`),
        ...changed.map(({ from, to }) => `- ${summary_code(to.name)} ${summary_code(from.version)} → ${summary_code(to.version)}${difference(from, to)}`),
        ...removed.map((one) => `- removed ${fact(one)}`),
    ];
    if (lines.length === 0)
        return 'Packages: the same as in the image before.';
    const more = lines.length > MOST_CHANGES ? [`- and ${lines.length - MOST_CHANGES} more`] : [];
    return ['**Packages since the image before**', '', ...lines.slice(0, MOST_CHANGES), ...more].join('\n');
}
const MOST_CHANGES = 30;
function difference({ size: before }, { size: now }) {
    if (before === undefined || now === undefined || before === now)
        return '';
    return ` (${now > before ? '+' : '−'}${megabytes(Math.abs(now - before))})`;
}
/** What the image weighs, by part. */
function weights({ parts }) {
    if (!parts)
        return '';
    const rows = [
        ['parent', parts.parent],
        ['Debian packages', parts.debian],
        ['dependencies', parts.dependencies],
        ['their byte code', parts.bytecode],
        ['project', parts.project],
    ];
    const most = Math.max(...rows.map(([, size]) => size));
    const lines = rows.filter(([, size]) => size > 0).map(([name, size]) => `| ${name} | ${bar(size, most)} | ${megabytes(size)} |`);
    return ['| Part | | Size |', '|---|---|--:|', ...lines].join('\n');
}
function parentLine({ parent }) {
    if (!parent)
        return '';
    const { name, digest, days, newer } = parent;
    const age = days === undefined ? 'of unknown age' : days === 1 ? '1 day old' : `${days} days old`;
    const next = newer ? ` · its tag names a newer one by now: ${summary_code(newer)}` : '';
    return `Parent ${summary_code(name)} · ${digest ? summary_code(digest) : 'no digest, as no registry gave it'} · ${age}${next}`;
}
/** A bar of blocks, of the same width in every table. */
function bar(value, most) {
    const eighths = most > 0 ? Math.max(1, Math.round((value / most) * BAR * 8)) : 0;
    return '█'.repeat(Math.floor(eighths / 8)) + (['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '');
}
const BAR = 12;
function warnings({ warnings: told = [] }) {
    if (told.length === 0)
        return '';
    const lines = [...new Set(told)].slice(0, MOST_CHANGES).map((text) => `- ${escapeHtml((0,words/* shorten */.ml)(text, 500))}`);
    return [`**${told.length === 1 ? '1 warning' : `${told.length} warnings`}**`, '', ...lines].join('\n');
}
function steps({ steps, seconds: total }) {
    if (steps.length === 0)
        return '';
    const most = Math.max(...steps.map(({ seconds: time }) => time));
    const rows = steps.map(({ step, how, seconds: time }) => `| ${step} | ${escapeHtml(how)} | ${bar(time, most)} | ${seconds(time)} |`);
    // Wheels may take a builder: where they did not, that is told too.
    const wheels = steps.findIndex(({ step }) => step === 'wheels');
    if (wheels >= 0 && steps.every(({ step }) => step !== 'builder'))
        rows.splice(wheels, 0, '| builder | not needed | | – |');
    return ['| Step | What was done | | Time |', '|---|---|---|--:|', ...rows, `| **all** | | | **${seconds(total)}** |`].join('\n');
}
/** Folded to a line where nothing failed. */
function checks({ checks: result }) {
    if (!result)
        return '';
    const list = checkList(result);
    if (result.list.some(({ state }) => state === 'failed'))
        return list;
    const [, , ...rows] = list.split('\n');
    return [
        '<details>',
        `<summary>Checks of the image: ${checksTally(result.list, result.mode)}</summary>`,
        '',
        ...rows,
        '',
        '</details>',
    ].join('\n');
}
function commands({ commands: ran = [] }) {
    if (ran.length === 0)
        return '';
    const rows = ran.map(({ kind, line, seconds: time }) => `| ${kind} | <code>${escapeHtml(line)}</code> | ${seconds(time)} |`);
    return ['| Passed | Line | Time |', '|---|---|--:|', ...rows].join('\n');
}
/** The list of checks, with what to do about those that failed. */
function checkList({ list, mode }) {
    const rows = list.map((check) => {
        const next = check.state === 'failed' && check.next ? ` ${check.next}` : '';
        return `- ${escapeHtml(`${checkLine(check, mode)}${next ? `.${next}` : ''}`)}`;
    });
    return [`**Checks of the image: ${checks_checksTally(list, mode)}**`, '', ...rows].join('\n');
}
function wheels({ wheels: result }) {
    if (!result)
        return '';
    const size = result.wheels.reduce((sum, wheel) => sum + wheel.size, 0);
    const order = ['project', 'compiled', 'downloaded', 'reused'];
    const counts = order.map((origin) => {
        const these = result.wheels.filter((wheel) => wheel.origin === origin);
        return these.length > 0 ? `${these.length} ${origin} (${megabytes(these.reduce((sum, wheel) => sum + wheel.size, 0))})` : '';
    });
    const rows = order
        .flatMap((origin) => result.wheels.filter((wheel) => wheel.origin === origin))
        .map((wheel) => `| ${escapeHtml(wheel.name)} | ${escapeHtml(wheel.version)} | ${wheel.origin} | ${megabytes(wheel.size)} |`);
    return [
        '<details>',
        `<summary>${result.wheels.length} wheels, ${megabytes(size)}: ${counts.filter(Boolean).join(', ')}</summary>`,
        '',
        '| Wheel | Version | Origin | Size |',
        '|---|---|---|--:|',
        ...rows,
        '',
        '</details>',
    ].join('\n');
}
function next({ release, published, wheels: result, checks: checked }) {
    if (!release)
        return '';
    const image = summary_nameOf({ release, published });
    const how = release.command ? `starts by ${escapeHtml(release.command.from)}` : 'has no start command';
    return [`Run it (it ${how}${result ? `, Python ${result.python}` : ''}):`, '```sh', runLine(image, release, checked), '```'].join('\n');
}
function runLine(image, { command }, checked) {
    if (!command)
        return `docker run --rm -it ${image} python`;
    const how = howToRun(command, checked?.list);
    if (how.kind === 'serves')
        return `docker run --rm -p ${how.port}:${how.port} ${image}`;
    return how.kind === 'tool' ? `docker run --rm ${image} ${how.program} --help` : `docker run --rm ${image}`;
}
function seconds(value) {
    return `${value.toFixed(1)} s`;
}
/** Bytes as megabytes of a million, as registries count. */
function megabytes(bytes) {
    return bytes < 999_500 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
function summary_code(text) {
    return `\`${text.replaceAll('`', "'")}\``;
}
function escapeHtml(text) {
    return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\|/g, '\\|').replace(/\n/g, ' ');
}

;// CONCATENATED MODULE: ./lib/plan/platform.js
/** Names that people use for what Docker calls otherwise. */
const ALIASES = { aarch64: 'arm64', x86_64: 'amd64', i386: '386' };
/** The machine of a platform such as `linux/arm/v7`. */
function machineOf(platform) {
    const [, architecture = '', variant = ''] = platform.split('/');
    return { architecture: ALIASES[architecture] ?? architecture, variant };
}
/** Whether an image is for a platform. A variant counts where both name one: arm64 is arm64/v8. */
function isFor(image, platform) {
    const asked = machineOf(platform);
    if (image.architecture !== asked.architecture)
        return false;
    return asked.variant === '' || image.variant === '' || image.variant === asked.variant;
}
/** `arm64`, `arm/v7`: a machine in one word. */
function machineName({ architecture, variant }) {
    return variant ? `${architecture}/${variant}` : architecture;
}
/** How the file names of wheels spell machines. */
const WHEEL_MACHINES = { amd64: 'x86_64', arm64: 'aarch64', 386: 'i686', arm: 'armv7l' };
/** Whether a wheel of compiled code, by its file name, is for a platform's machine. */
function isWheelFor(file, platform) {
    const { architecture } = machineOf(platform);
    return file.endsWith(`_${WHEEL_MACHINES[architecture] ?? architecture}.whl`);
}

;// CONCATENATED MODULE: ./lib/run/all-done.js
/** As Promise.all, but a failure is thrown only when all have ended: nothing goes on behind the error's back. */
async function allDone(work) {
    const ends = await Promise.allSettled(work);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed)
        throw failed.reason;
    return Promise.all(work);
}

;// CONCATENATED MODULE: ./lib/run/build/uv-image.js





/**
 * Lays uv out in the context of the release's builds, where the wheelhouse keeps its wheel and this daemon has
 * no image of it: on a daemon that is empty in every run, sending it once costs less than a build of that image.
 * @returns whether it is there
 */
async function layOutUv(world, platform) {
    const { image, pins } = await pinned(world, platform);
    return !(await isHere(world, image)) && (await unpack(world, pins, platform, world.paths.context));
}
/** uv for a build of the release's context. @returns its image; undefined where that context holds it */
function uvOfRelease(world, request) {
    return request.uvInContext ? Promise.resolve(undefined) : ensureUvImage(world, request);
}
/**
 * uv as an image of this daemon that the stages mount: its binary is 38 MB, and would otherwise be sent again with
 * every build. It comes from the wheel that the wheelhouse keeps; where it keeps none, the stage `uv` fetches it.
 */
async function ensureUvImage(world, request) {
    const kept = await keptImage(world, request);
    if (kept)
        return kept;
    const folder = inWheelhouse(world, SHELF.uv);
    await world.files.remove(folder);
    const { dockerfile, base, settings } = request;
    await buildTarget(world, settings, { dockerfile, base, target: 'uv-files', context: 'leanContext', output: folder });
    const made = await keptImage(world, request);
    if (!made)
        throw new Error('the stage uv gave no wheel of the pinned hash');
    return made;
}
async function keptImage(world, { dockerfile, settings, platform }) {
    const { image, pins } = await pinned(world, platform);
    if (await isHere(world, image))
        return image;
    if (!(await unpack(world, pins, platform, world.paths.leanContext)))
        return undefined;
    await buildTarget(world, settings, {
        context: 'leanContext',
        dockerfile,
        target: 'kept-tools',
        tags: [image],
        localOnly: true,
        offline: true,
    });
    return image;
}
const SEEN = new WeakMap();
/** Whether this daemon has the image; asked once in a run that finds it. */
async function isHere({ docker }, image) {
    const seen = SEEN.get(docker) ?? new Set();
    SEEN.set(docker, seen);
    if (!seen.has(image) && (await docker.inspect(image)))
        seen.add(image);
    return seen.has(image);
}
/** Wheels of the tools' folder that no run uses: the action pins others. @returns names in the wheelhouse */
async function unpinnedUvWheels(world) {
    const pins = await uv_image_readPins(world);
    const names = [];
    for (const name of await world.files.list(inWheelhouse(world, SHELF.uv))) {
        if (!(await isPinned(world, pins, inWheelhouse(world, SHELF.uv, name))))
            names.push(`${SHELF.uv}/${name}`);
    }
    return names;
}
async function uv_image_readPins(world) {
    return (await world.files.read(external_node_path_.join(world.paths.stages, 'uv', 'requirements.txt'))) ?? '';
}
async function isPinned(world, pins, wheel) {
    return pins.includes(`sha256:${(await world.files.sha256(wheel)) || 'none'}`);
}
async function pinned(world, platform) {
    const pins = await uv_image_readPins(world);
    const machine = machineName(machineOf(platform)).replace('/', '-');
    return { image: `pypackager-tools:uv-${sha256(pins).slice(0, 12)}-${machine}`, pins };
}
/** @returns whether the wheelhouse keeps a wheel of a pinned hash for that platform */
async function unpack(world, pins, platform, context) {
    const folder = inWheelhouse(world, SHELF.uv);
    for (const name of (await world.files.list(folder)).filter((file) => isWheelFor(file, platform))) {
        const wheel = external_node_path_.join(folder, name);
        if (!(await isPinned(world, pins, wheel)))
            continue;
        await world.archives.unzipMember(wheel, '.data/scripts/uv', external_node_path_.join(context, 'tools', 'uv'));
        return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./lib/plan/tags/family-version.js

/** The tag of base and builder, which serve every leg: without the leg's suffix, unless such an image is all that is asked for. */
function familyVersion({ target, tagSuffix }, { tags, leg, suffix }) {
    const { primary } = tags;
    if (imageAlone(target) && (tagSuffix || leg.from.some((name) => name !== 'extras')))
        return primary;
    return suffix ? primary.slice(0, -suffix.length) : primary;
}

;// CONCATENATED MODULE: ./lib/run/build/stage-scripts.js


/** Hash over the scripts that a stage mounts: a change of ours is a change of the image. */
async function scriptsPrint(world, ...stages) {
    const prints = {};
    for (const stage of stages) {
        for (const name of await world.files.list(external_node_path_.join(world.paths.stages, stage))) {
            prints[`${stage}/${name}`] = await world.files.sha256(external_node_path_.join(world.paths.stages, stage, name));
        }
    }
    return fingerprint(prints);
}
/** A script of a stage, as text: what a container is given on its standard input. */
async function stageScript(world, stage, name) {
    const text = await world.files.read(external_node_path_.join(world.paths.stages, stage, name));
    if (text === undefined)
        throw new Error(`stages/${stage}/${name} is missing`);
    return text;
}

;// CONCATENATED MODULE: ./lib/run/images/check-platform.js


/**
 * Refuses an image for another machine than was asked for: an engine may build one without a word.
 * @param step the step that made it
 * @param platform such as `linux/arm64`
 * @throws UserError
 */
function checkPlatform(step, image, platform) {
    if (isFor(image, platform))
        return;
    throw new errors/* UserError */.yo(step, `built ${machineName(image)} where ${machineName(machineOf(platform))} was asked; emulation (docker/setup-qemu-action) missing?`, `Check that the parent image exists for ${platform}. Nothing was pushed.`);
}

;// CONCATENATED MODULE: ./lib/run/images/generated-image.js






/**
 * The parent on this machine, pulled where it is not, or where what is here is for another machine.
 * @param platform that it must be for
 */
async function ensureParent(world, reference, platform) {
    const here = await world.docker.inspect(reference);
    if (here && isFor(here, platform))
        return here;
    world.log.info(`Pulling the parent image ${reference}${here ? ` for ${platform}: the one here is for ${machineName(here)}` : ''}`);
    try {
        await world.docker.pull(reference);
    }
    catch (error) {
        if (!here || !(error instanceof errors/* UserError */.yo))
            throw error;
        throw otherMachine(reference, here, platform);
    }
    const pulled = await world.docker.inspect(reference);
    if (!pulled)
        throw new errors/* UserError */.yo('base', `parent image ${reference} was pulled but is not here`, 'Check which daemon docker talks to.');
    if (!isFor(pulled, platform))
        throw otherMachine(reference, pulled, platform);
    return pulled;
}
function otherMachine(reference, image, platform) {
    return new errors/* UserError */.yo('base', `parent image ${reference} is for ${machineName(image)}, asked for is ${platform}, for which it cannot be pulled`, 'Check platform, or set parent-image to one that exists for it.');
}
/** The image of that fingerprint: found on this machine, or built. It is never pulled by a computed tag. */
async function ensureImage(world, settings, request) {
    const print = fingerprintTag(fingerprint(request.parts));
    const reference = `${request.name}:${print}`;
    const tag = `${request.name}:${request.version}`;
    const here = settings.anew ? undefined : await world.docker.inspect(reference);
    if (here) {
        checkPlatform(request.kind, here, request.platform);
        if (!here.names.includes(tag))
            await world.docker.tag(reference, tag);
        return { reference, how: 'reused' };
    }
    const seconds = await buildTarget(world, settings, {
        dockerfile: request.dockerfile,
        target: request.kind,
        context: 'leanContext',
        tags: [reference, tag],
        localOnly: request.localOnly,
        epoch: DEPENDENCIES_EPOCH, // base and builder serve many commits
        ...(request.base ? { base: request.base } : {}),
    });
    const built = await world.docker.inspect(reference);
    if (!built)
        throw new Error(`${reference} was built but is not on the daemon`);
    checkPlatform(request.kind, built, request.platform);
    return { reference, how: 'built', untold: seconds };
}
/** Why an image had to be built. @param before what the one before was made from, where that is known */
function whyBuilt(before, now) {
    if (!before)
        return 'none of this fingerprint here';
    const changed = changedParts(before, now);
    return changed.length > 0 ? `changed: ${changed.join(', ')}` : 'no longer on this daemon';
}

;// CONCATENATED MODULE: ./lib/run/images/given-image.js



/** Blanks, an empty one and a star: what an unquoted `$@` would take apart. */
const ARGUMENTS = ['a  b', '', '*'];
const OLDEST = [3, 9];
/** The star may have become all names of a folder. */
const ANSWER = dist/* tuple */.PVZ([(0,grammar/* line */.n8)(1000), grammar/* size */.Ej, (0,grammar/* listOf */.c3)(dist/* string */.YjP(), 10_000), (0,grammar/* line */.n8)(100), dist/* pipe */.FsL((0,grammar/* line */.n8)(60), dist/* regex */.yGV(/^\d+\.\d+/))]);
const given_image_QUESTION = `import json, os, platform, sys
print(json.dumps([sys.prefix, os.getuid(), sys.argv[1:], platform.python_implementation(), platform.python_version()]))`;
/** Without a blank, so that it arrives even where arguments are taken apart. */
const CODE = `exec(bytes.fromhex("${Buffer.from(given_image_QUESTION).toString('hex')}"))`;
/**
 * Whether an image can stand for our own: started once, without a network and without anything mounted, it must
 * run what it is given as root, with /appenv's Python. Stages of a build do not pass its entrypoint: so PATH too.
 * @returns its Python's version
 * @throws UserError that says what it lacks
 */
async function checkGivenImage(world, { kind, info, what }) {
    const wrong = (cause, next) => new errors/* UserError */.yo(kind, `${what} ${cause}`, next);
    const answer = await world.docker.run({
        image: info.id,
        command: ['python', '-c', CODE, ...ARGUMENTS],
        network: 'none',
        limit: 30_000,
    });
    const said = answer.stdout.trim().split('\n').at(-1) ?? '';
    if (answer.code !== 0 || !said.startsWith('[')) {
        const cause = answer.timedOut ? 'it did not end within 30 s' : answer.stderr.trim().split('\n').at(-1) || `code ${answer.code}`;
        throw wrong(`does not run python: ${cause}`, 'It needs Python in /appenv, first on PATH, and an entrypoint that runs what it is given.');
    }
    const read = (0,grammar/* readJson */.Vh)(ANSWER, said);
    if (!read)
        throw wrong('answers with what is no description of a Python', 'Its python must be CPython itself, in /appenv.');
    const [prefix, uid, argv, implementation, version] = read;
    if (JSON.stringify(argv) !== JSON.stringify(ARGUMENTS)) {
        throw wrong('has an entrypoint that takes its arguments apart', 'End that script with: exec "$@"');
    }
    if (prefix !== '/appenv')
        throw wrong(`has its Python in ${prefix}`, 'Make the virtual environment at /appenv, and put /appenv/bin first on PATH.');
    const onPath = info.config.env.find((set) => set.startsWith('PATH='))?.slice('PATH='.length) ?? '';
    if (onPath.split(':')[0] !== '/appenv/bin') {
        throw wrong('has /appenv/bin not first on PATH without its entrypoint', 'Add to its Dockerfile: ENV VIRTUAL_ENV=/appenv PATH=/appenv/bin:$PATH');
    }
    if (uid !== 0)
        throw wrong(`runs as uid ${uid}`, 'End its Dockerfile with USER 0: what is built on it needs root, and the release gets a user of its own.');
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (implementation !== 'CPython' || major !== OLDEST[0] || minor < OLDEST[1]) {
        throw wrong(`has ${implementation} ${version}`, `It must be CPython ${OLDEST.join('.')} or newer.`);
    }
    return version;
}
/** @throws UserError where another Python is asked for */
function checkPythonOf(what, version, asked) {
    if (!asked || version === asked || version.startsWith(`${asked}.`))
        return;
    throw new errors/* UserError */.yo('base', `${what} has Python ${version}, and python-version says ${asked}`, 'Change one of the two, or leave python-version out.');
}
/** A builder that is no child of base compiles for another system: its wheels may fit all the same. */
function warnOfStranger(world, builder, base) {
    if (base.layers.every((layer, i) => builder.info.layers[i] === layer))
        return;
    world.log.warning(`${builder.what} was not made from this base image: what it compiles may not run there.`);
}
/** The Python of an image as it was described before, where that was of this very image. */
function describedBefore(kept, reference) {
    return kept?.parts.image === reference.split(':').at(-1) ? kept?.target.python : undefined;
}
/** The digest of an image's manifest, as a registry has it: that of the name it is known by here, where there are several; '' where none is known. */
function digestOf(info, reference) {
    const given = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
    const name = reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
    const known = info.digests.find((digest) => digest.split('@')[0] === name) ?? info.digests[0];
    return given ?? known?.split('@')[1] ?? '';
}

;// CONCATENATED MODULE: ./lib/run/images/base-and-builder.js












/** The images that a release is made from: base on its parent, and the builder where something needs one. */
class ImageFamily {
    inputs;
    world;
    plan;
    platform = '';
    originOfBase;
    baseResult;
    builderResult;
    building = { packages: [] };
    parts = {};
    /** What an own or ready builder is made from, beside base; '' for ours. */
    builderRecipe = '';
    /** What making the builder took; it is made while other steps are at work. */
    builderTime;
    constructor(inputs, world, plan) {
        this.inputs = inputs;
        this.world = world;
        this.plan = plan;
    }
    /** The image that all others come from in the end. */
    get origin() {
        return made(this.originOfBase);
    }
    /** What stands for the system in fingerprints: the parent's id, or the print of an own base. */
    get system() {
        return made(this.baseResult).print;
    }
    get base() {
        return made(this.baseResult);
    }
    /** Undefined where nothing needed it. */
    get builder() {
        return this.builderResult;
    }
    /** What has been made so far, for the outcome: a ready image by the name that it was given by. */
    results() {
        const named = (image) => image && { how: image.how, reference: image.given ?? image.reference };
        return { base: named(this.baseResult), builder: named(this.builderResult) };
    }
    /**
     * Base: a ready one, by an own Dockerfile, or generated on the parent, which is pulled where it is not here.
     * @param platform that all images are for
     */
    async makeBase(platform) {
        const { inputs } = this;
        this.platform = platform;
        this.builderRecipe = await this.recipeOfBuilder();
        if (inputs.baseImage)
            this.baseResult = await this.ready('base', inputs.baseImage);
        else if (inputs.baseDockerfile)
            this.baseResult = await this.ownBase(inputs.baseDockerfile);
        else {
            const parent = await this.parent();
            const scripts = await scriptsPrint(this.world, 'base');
            const image = await this.ensure('base', renderProject(this.plan, this.plan.buildPackages), {
                parent: parent.id,
                scripts,
                ...(this.plan.updates === 'none' ? {} : { updates: this.plan.updates, week: this.plan.week }),
            });
            this.baseResult = { ...image, print: parent.id };
        }
        return this.baseResult;
    }
    /** The builder with what the packages that are known take; made once, and again only where it lacks something. @returns its reference */
    makeBuilder(names = []) {
        const known = this.plan.settings.builder ? [] : [...this.plan.buildPackages, ...buildPackagesFor(names)];
        const packages = [...new Set([...this.building.packages, ...known])].sort();
        if (!this.building.image || packages.length > this.building.packages.length) {
            this.building = { packages, image: this.buildBuilder(packages, this.building.image) };
        }
        return this.building.image;
    }
    /** The builder, where it is all that is asked for. */
    async builderAlone() {
        await this.makeBuilder();
        await this.record('builder');
    }
    /** After the wheelhouse is restored, never before: a file that is there already would win over the restored one. */
    async record(kind) {
        if (kind === 'builder' && !this.builderResult)
            return;
        if (kind === 'base')
            this.baseResult = await this.withReason('base', made(this.baseResult));
        await this.world.records.put('images', kind, this.parts[kind] ?? {});
        await this.world.records.save();
    }
    /** Which part of a generated image changed is known when the wheelhouse is restored, and base is built meanwhile. */
    async withReason(kind, image) {
        const { untold, ...told } = image;
        if (untold === undefined)
            return told;
        const images = await this.world.records.get('images');
        const why = this.inputs.noCache ? 'no-cache' : whyBuilt(images?.[kind], this.parts[kind] ?? {});
        return { ...told, how: `built in ${untold.toFixed(1)} s (${why})` };
    }
    /** The tag of base and builder, which serve every leg: without the leg's suffix. */
    version() {
        return familyVersion(this.inputs, this.plan);
    }
    /** What a push of base or builder goes to. */
    published(kind) {
        const own = this.plan.family[kind];
        const image = made(kind === 'base' ? this.baseResult : this.builderResult).reference;
        return { image, repository: own, reference: reference(own, this.version()) };
    }
    async buildBuilder(packages, before) {
        const { world, inputs } = this;
        await before; // its layers are of no use to this one, but its log lines come first
        const start = performance.now();
        const image = await this.builderOf(packages);
        world.log.info(`  ${image.given ?? image.reference}: ${image.how}`);
        this.builderResult = image;
        this.builderTime = { step: 'builder', how: image.how, seconds: (performance.now() - start) / 1000 };
        if (inputs.builderImage || inputs.builderDockerfile) {
            const info = await world.docker.inspect(image.reference);
            const what = inputs.builderImage ? `builder-image ${inputs.builderImage}` : inputs.builderDockerfile;
            const base = await world.docker.inspect(this.base.reference);
            if (info && base)
                warnOfStranger(world, { kind: 'builder', info, what }, base);
        }
        return image.reference;
    }
    async builderOf(packages) {
        const { world, plan, inputs } = this;
        if (inputs.builderImage)
            return this.ready('builder', inputs.builderImage);
        if (inputs.builderDockerfile) {
            const dockerfile = await this.dockerfile('builder-dockerfile', inputs.builderDockerfile);
            return this.own('builder', dockerfile, { BASE_IMAGE: this.base.reference });
        }
        const image = await this.ensure('builder', renderProject(plan, packages), {
            parent: this.system,
            base: this.base.reference,
            packages: packages.join(' '),
            week: plan.week,
            scripts: await scriptsPrint(world, 'builder'),
        });
        return this.withReason('builder', { ...image, print: this.system });
    }
    async recipeOfBuilder() {
        const { world, inputs } = this;
        if (inputs.builderImage)
            return `image ${inputs.builderImage}`;
        if (!inputs.builderDockerfile)
            return '';
        const { file, text } = await this.dockerfile('builder-dockerfile', inputs.builderDockerfile);
        const folder = external_node_path_.dirname(external_node_path_.join(world.context.workspace, file));
        return `dockerfile ${fingerprint({ text, files: JSON.stringify(await world.source.snapshot(folder, world.paths.wheelhouse)) })}`;
    }
    async parent() {
        const { parent } = this.plan;
        const info = await ensureParent(this.world, parent, this.platform);
        this.originOfBase = { name: parent, digest: digestOf(info, parent), created: info.created, layers: info.layers };
        return info;
    }
    async ownBase(file) {
        const dockerfile = await this.dockerfile('base-dockerfile', file);
        const { parent } = this.plan;
        this.originOfBase = { name: '', digest: '', created: '', layers: [] };
        if (mentions(dockerfile.text, 'PARENT_IMAGE'))
            await this.parent();
        return this.own('base', dockerfile, { PARENT_IMAGE: parent });
    }
    /** An image by an own Dockerfile, whose folder is what it sees. */
    async own(kind, dockerfile, args) {
        const { world, plan, inputs } = this;
        const images = await world.records.get('images');
        const { parts, info, ...image } = await buildOwnImage(world, plan.settings, {
            step: kind,
            dockerfile,
            context: external_node_path_.dirname(external_node_path_.join(world.context.workspace, dockerfile.file)),
            name: plan.names[kind],
            version: this.version(),
            args: { ...inputs.buildArgs, ...args },
            secrets: inputs.secrets,
            before: images?.[kind],
        });
        this.parts[kind] = parts;
        try {
            await this.check(kind, image.reference, info, dockerfile.file);
        }
        catch (error) {
            for (const tag of [image.reference, `${plan.names[kind]}:${this.version()}`])
                await world.docker.untag(tag);
            throw error;
        }
        return { ...image, print: fingerprint(parts) };
    }
    /** A ready image, under a name of ours by its id: whatever becomes of the user's tag meanwhile, this run has one. */
    async ready(kind, given) {
        const { world, plan } = this;
        const what = `${kind}-image ${given}`;
        const next = `Check ${kind}-image, or log in before this step.`;
        const info = await ensureHere(world, given, { step: kind, what, next });
        this.parts[kind] = { ready: info.id };
        const image = `${plan.names[kind]}:${fingerprintTag(fingerprint(this.parts[kind]))}`;
        await this.check(kind, image, info, what);
        await world.docker.tag(info.id, image);
        const digest = digestOf(info, given);
        if (kind === 'base')
            this.originOfBase = { name: given, digest, created: info.created, layers: info.layers };
        const byDigest = digest && !given.includes('@') ? ` (${digest})` : '';
        return { reference: image, given, how: `ready${byDigest}`, print: info.id };
    }
    async check(kind, image, info, what) {
        const known = kind === 'base' ? describedBefore(await this.world.records.get('target'), image) : undefined;
        const version = known ?? (await checkGivenImage(this.world, { kind, info, what }));
        if (kind === 'base')
            checkPythonOf(what, version, this.inputs.pythonVersion);
    }
    dockerfile(input, file) {
        return readDockerfile(this.world, input, external_node_path_.join(this.world.context.workspace, this.inputs.path, file));
    }
    async ensure(kind, dockerfile, more) {
        const { world, plan } = this;
        const parts = { python: plan.python ?? '', uid: userWords(plan).join(':'), ...platformPart(this.inputs.platform), ...more };
        const result = await ensureImage(world, plan.settings, {
            kind,
            name: plan.names[kind],
            version: this.version(),
            dockerfile,
            parts,
            // Base is part of the release, whose layers are pushed; the builder is not, unless it is asked for.
            localOnly: kind === 'builder' && this.inputs.target !== 'builder',
            platform: this.platform,
            ...(kind === 'builder' ? { base: this.base.reference } : {}),
        });
        this.parts[kind] = parts;
        return result;
    }
}
/** Only where it was asked for: what was made for the daemon's own platform stays as it is named. */
function platformPart(platform) {
    return platform ? { platform } : {};
}
function made(value) {
    if (value === undefined)
        throw new Error('an image was asked for before the step that makes it');
    return value;
}

;// CONCATENATED MODULE: ./lib/run/images/parent-age.js

/** Whoever keeps an image reproducible says that it was made then, or before. */
const LONG_AGO = Date.UTC(2000, 0, 1);
const parent_age_DAY = 86_400_000;
/** The digest that the parent's tag has in its registry by now, where that is another one; undefined where nobody tells. */
async function newerParent({ registry }, { name, digest }) {
    const place = parentPlace(name);
    if (!digest || !place)
        return undefined;
    const held = await registry.digest(place.registry, place.path, place.tag, await registry.existingLogin(place.registry));
    return held === digest ? undefined : held;
}
/** What the summary tells of the parent; undefined where an own Dockerfile names it. */
function parentResult({ name, digest, created }, now, newer) {
    if (!name)
        return undefined;
    const made = Date.parse(created);
    return { name, digest, newer, days: made > LONG_AGO ? Math.floor((now.getTime() - made) / parent_age_DAY) : undefined };
}

;// CONCATENATED MODULE: ./lib/run/wheelhouse-folder/cache-entries.js







/** Entries are carried in a folder of their own below the wheelhouse, so that nothing else can be in them. */
const CARRIER = '.build/carrier';
/** What an entry is for, in the words of the log. */
const FOR = { downloads: 'these dependencies', compiled: 'compiled wheels of this image and these extras' };
/**
 * Fills the wheelhouse from the cache service and tells what it found; where it is not the entry of the
 * same dependencies, what changed. Nothing that is restored is believed: files are moved only under names
 * that we could have saved, and are checked against lock and manifests like any other. Never throws.
 */
async function restoreWheelhouse(world, policy, keys) {
    const wanted = { downloads: policy.restoreDownloads, compiled: policy.restoreCompiled };
    const restore = async (entry) => {
        if (!wanted[entry])
            return undefined;
        try {
            const carrier = inWheelhouse(world, CARRIER, entry);
            const found = await world.cache.restore(carrier, prefixes(keys[entry]));
            if (!found?.startsWith(keys[entry].family)) {
                world.log.info(`  no cache entry for ${FOR[entry]} yet`);
                return undefined;
            }
            await cache_entries_unpack(world, carrier, policy.believeRecords || entry === 'compiled' ? cache_entries_OURS[entry] : PROVABLE);
            const changed = changedSince(keys[entry], found);
            if (isOwn(keys[entry], found))
                world.log.info(`  restored ${entry} from the cache: ${found}`);
            else
                world.log.info(`  no cache entry for ${FOR[entry]} (changed: ${changed.join(', ')}); started from the one before: ${found}`);
            return found;
        }
        catch (error) {
            world.log.notice(`The ${entry} of the cache could not be taken over: ${error.message}; going on without them.`);
            return undefined;
        }
    };
    const [downloads, compiled] = await Promise.all([restore('downloads'), restore('compiled')]);
    await world.files.remove(inWheelhouse(world, CARRIER));
    world.records.reload();
    return { downloads, compiled };
}
/** Our own names alone: no links, no folders but ours, nothing that a wheelhouse would not hold. */
const cache_entries_OURS = {
    downloads: /^(pylock\.toml|[A-Za-z0-9][\w.+!-]*\.whl|\.build\/(resolution\.json|uv\/[\w.+-]+\.whl|requires\/[\w.+!-]+\.whl|locks\/[0-9a-f]{16}\.toml|debian\/[\w.+~%:-]+\.deb|imported\/release[\w.-]*\.txt))$/,
    compiled: /^([A-Za-z0-9][\w.+!-]*\.whl|\.build\/manifests\/[\w.+!-]+\.whl\.json)$/,
};
/**
 * What can be proved by what does not come from the cache: wheels by a lock made now, uv by the hash that
 * is pinned here. The kept lock, the build tools and the Debian packages are not: whoever could change
 * one entry of the cache could change them.
 */
const PROVABLE = /^([A-Za-z0-9][\w.+!-]*\.whl|\.build\/uv\/[\w.+-]+\.whl)$/;
/** A name's place on its shelf: the test image's own is laid out as the wheelhouse is. */
function onShelf(name) {
    return name.startsWith(`${TEST_SHELF}/`) ? name.slice(TEST_SHELF.length + 1) : name;
}
async function cache_entries_unpack(world, carrier, ours) {
    for (const name of await world.files.walk(carrier)) {
        // What stands in the folder is newer than what was saved from it.
        if (ours.test(onShelf(name)) && !(await world.files.exists(inWheelhouse(world, name)))) {
            await world.files.link(external_node_path_.join(carrier, name), inWheelhouse(world, name));
        }
    }
}
/**
 * Saves what changed, as far as the policy lets it. Never throws: it runs after a failed build too, whose
 * error is the one to be read.
 * @returns the key of the downloads' entry, '' where there is none
 */
async function saveWheelhouse(world, policy, keys, restored) {
    try {
        return await save(world, policy, keys, restored);
    }
    catch (error) {
        world.log.notice(`The wheelhouse was not saved to the cache: ${error.message}`);
        return '';
    }
}
async function save(world, policy, keys, restored) {
    const app = (await world.records.get('project'))?.file;
    const all = await world.files.walk(world.paths.wheelhouse);
    const shown = new Set(all.filter((name) => name.startsWith(`${TEST_SHELF}/`)).map(onShelf)); // saved from their shelf
    const names = all.filter((name) => !name.startsWith(CARRIER) && name !== app && !shown.has(name));
    const manifests = new Set(names.filter(isManifest));
    const manifestOf = (name) => `${name.slice(0, name.length - onShelf(name).length)}${SHELF.manifests}/${onShelf(name)}.json`;
    const isCompiled = (name) => manifests.has(name) || manifests.has(manifestOf(name));
    const unpinned = new Set(await unpinnedUvWheels(world));
    const entries = {
        downloads: names.filter((name) => cache_entries_OURS.downloads.test(onShelf(name)) && !isCompiled(name) && !unpinned.has(name)),
        compiled: names.filter((name) => cache_entries_OURS.compiled.test(onShelf(name)) && isCompiled(name)),
    };
    const saving = { downloads: policy.saveDownloads, compiled: policy.saveCompiled };
    let key = '';
    for (const entry of ['downloads', 'compiled']) {
        const full = `${ownPrefix(keys[entry])}${await contentPrint(world, entries[entry])}`;
        if (entry === 'downloads')
            key = full;
        if (!saving[entry] || entries[entry].length === 0 || full === restored[entry])
            continue;
        const carrier = inWheelhouse(world, CARRIER, entry);
        await world.files.remove(carrier);
        for (const name of entries[entry])
            await world.files.link(inWheelhouse(world, name), external_node_path_.join(carrier, name));
        const bytes = (await Promise.all(entries[entry].map((name) => world.files.size(inWheelhouse(world, name))))).reduce((a, b) => a + b, 0);
        if (await world.cache.save(carrier, full))
            world.log.info(`  saved ${entry} to the cache: ${(bytes / 1e6).toFixed(1)} MB as ${full}`);
        else
            world.log.info(`  ${entry} not saved to the cache`);
    }
    await world.files.remove(inWheelhouse(world, CARRIER));
    return key;
}
function isManifest(name) {
    return onShelf(name).startsWith(SHELF.manifests);
}
async function contentPrint(world, names) {
    const prints = [];
    for (const name of names.filter((each) => !each.startsWith(SHELF.imported)))
        prints.push(`${name} ${await cache_entries_print(world, name)}`);
    return fingerprint({ layout: String(LAYOUT), files: sha256(prints.join('\n')) });
}
/** How long a build took is no content, nor what images were made from or what they import: two jobs that build the same wheel save one entry. */
async function cache_entries_print(world, name) {
    const file = inWheelhouse(world, name);
    if (onShelf(name) === SHELF.resolution)
        return sha256(worthSaving((await world.files.readKept(file, MOST_BYTES)) ?? ''));
    if (!isManifest(name))
        return world.files.sha256(file);
    const manifest = parseManifest((await world.files.readKept(file, MOST_BYTES)) ?? '', external_node_path_.basename(name, '.json'));
    return manifest ? sha256(JSON.stringify({ ...manifest, seconds: 0 })) : world.files.sha256(file);
}

;// CONCATENATED MODULE: ./lib/run/wheelhouse-folder/wheel-cache.js



/** The wheelhouse's entries of the cache service: restored at the beginning of a run, saved at its end. */
class WheelCache {
    world;
    policy;
    keys;
    restored = { downloads: undefined, compiled: undefined };
    saved = '';
    constructor(world, policy, keys) {
        this.world = world;
        this.policy = policy;
        this.keys = keys;
    }
    /** Fills the wheelhouse, and takes out of it what a run with a key may not believe. */
    async restore() {
        this.restored = await restoreWheelhouse(this.world, this.policy, this.keys);
        await forgetUnsigned(this.world);
    }
    /** Saves the wheelhouse where that is allowed and something changed. */
    async save() {
        if (this.world.context.cacheService)
            this.saved = await saveWheelhouse(this.world, this.policy, this.keys, this.restored);
    }
    /** For the outputs: the entry of the downloads, and whether it was there. */
    get result() {
        return { key: this.saved, hit: isOwn(this.keys.downloads, this.restored.downloads) };
    }
}

;// CONCATENATED MODULE: ./lib/run/make-base.js









/** Base: the parent, Python, the virtual environment. The wheelhouse is restored meanwhile. */
async function makeBase(run) {
    const { inputs, world, plan, platform, steps } = run;
    const images = new ImageFamily(inputs, world, plan);
    const cache = new WheelCache(world, inputs.noCache ? withoutRestoring(plan.cache) : plan.cache, keysOf(run));
    return steps.take('base', async () => {
        // Meanwhile, the wheelhouse is restored and the uv that is kept in it is laid out.
        const restoring = cache.restore().then(() => layOutUv(world, platform));
        const [, laidOut] = await allDone([images.makeBase(platform), restoring]);
        await images.record('base');
        const image = images.base;
        world.log.info(`  ${image.reference}: ${image.how}`);
        // For the summary alone: who does not answer in time is not waited for.
        let newer;
        if (world.context.inActions)
            void newerParent(world, images.origin).then((found) => (newer = found), () => { }); // biome-ignore format: one line
        if (plan.cache.reason)
            world.log.info(`  cache: ${plan.cache.reason}`);
        // A daemon that keeps images from run to run gets one of uv, when it is needed.
        const setup = setupOf(run, images, laidOut && image.how !== 'reused');
        return [image.how, { images, setup, cache, newer: () => newer }];
    });
}
function setupOf({ inputs, plan, platform }, images, uvInContext) {
    return {
        settings: plan.settings,
        dockerfile: renderProject(plan, plan.buildPackages),
        base: images.base.reference,
        system: images.system,
        platform,
        uvInContext,
        newest: plan.newest.day,
        buildConstraints: plan.buildConstraints,
        buildPackages: inputs.buildPackages,
        builderRecipe: images.builderRecipe,
        builder: (names) => images.makeBuilder(names),
    };
}
function keysOf({ inputs, plan, platform }) {
    return cacheKeys(cacheFacts(plan, inputs, machineName(machineOf(platform)).replace('/', '-')));
}

;// CONCATENATED MODULE: ./lib/judge/image-parts.js
/**
 * Sorts the layers of a release by what they are for. The release is copies alone: those of base, of Debian packages where
 * it has some, of the dependencies, and three of the application.
 * @param layers the newest first
 * @returns undefined where our Dockerfile did not make the image
 */
function imageParts(layers, hasDebian) {
    const copied = (from) => layers.filter(({ by }) => new RegExp(`COPY (--from=\\S+ )?/srv/${from}/ `).test(by));
    const [bytecode, fixed, app, trees] = ['bytecode', 'static', 'app', 'tree'].map((part) => copied(part));
    const [dependencies, ...below] = trees ?? [];
    if (!app?.length || !dependencies)
        return undefined;
    const debian = hasDebian ? below[0] : undefined;
    const sizes = {
        debian: debian?.size ?? 0,
        dependencies: dependencies.size,
        bytecode: sum(bytecode ?? []),
        project: sum([...app, ...(fixed ?? [])]),
    };
    return { parent: sum(layers) - Object.values(sizes).reduce((all, size) => all + size, 0), ...sizes };
}
function sum(layers) {
    return layers.reduce((all, { size }) => all + size, 0);
}

;// CONCATENATED MODULE: ./lib/run/build/unfinished-images.js



/** What an image is called until nothing can be said against it any more: that goes with the run, however it ends. */
function unfinishedName({ run }, what) {
    return `${docker_port/* UNFINISHED */.yA}:${run}-${what}`;
}
/**
 * Gives images the names by which later runs find them, then those that people pull, and takes away those of the ones
 * before, which have no use any more. What is given is written down first: what a killed run left, a later one takes.
 * @param give gives the names that people pull: what lost one of these to an image still has its own until the end
 */
async function finish(world, built, give) {
    if (built.length === 0)
        return await give();
    const { releases = {}, passing = {} } = await world.records.all();
    const images = built.map(({ id, name, record, parts }) => {
        const print = fingerprint(parts);
        const before = [...(passing[record] ?? []), ...(releases[record] ? [fingerprint(releases[record])] : [])];
        const named = (each) => `${name}:${fingerprintTag(each)}`;
        return { id, record, parts, own: named(print), useless: before.filter((each) => each !== print).map(named), prints: [...before, print] };
    });
    const of = (value) => Object.fromEntries(images.map((image) => [image.record, value(image)]));
    const rest = Object.fromEntries(Object.entries(passing).filter(([record]) => !images.some((image) => image.record === record)));
    world.records.set('passing', { ...rest, ...of(({ prints }) => [...new Set(prints)].slice(-MOST_PASSING)) });
    await world.records.save();
    for (const { id, own } of images)
        await world.docker.tag(id, own);
    await give();
    const unfinished = ['release', 'test', 'dev'].map((what) => unfinishedName(world, what));
    const useless = new Set(images.flatMap((image) => image.useless));
    await world.docker.untag(...useless, ...unfinished); // one call of docker's client, which takes longer than the daemon
    world.records.set('releases', { ...releases, ...of(({ parts }) => parts) });
    world.records.set('passing', rest);
    await world.records.save();
}

;// CONCATENATED MODULE: ./lib/plan/dockerfile/dockerfile-test.js


/**
 * `test`, made from the release: packages of wheels that only it has, and the project's source at /app. `dev`, made
 * from that: what is mounted over the source is what runs. Neither is pushed, so their layers need not be lean.
 */
function renderTest(plan) {
    return dockerfile `${plan.wheels ? renderTestDependencies() : NOTHING}${plan.debian ? renderTestSystem() : NOTHING}
# the release, what tests need beyond it, and the project's source
FROM \${RELEASE} AS test
${plan.debian ? dockerfile `COPY --from=test-system /srv/tree/ /\n` : NOTHING}${plan.wheels ? dockerfile `COPY --from=test-dependencies /srv/tree/ /\n` : NOTHING}COPY --chown=${whole(plan.uid)}:${whole(plan.uid)} source/ /app/
${pairs('ENV', plan.env.test)}${pairs('LABEL', plan.labels)}
# the same, for a source that is mounted at /app
FROM test AS dev
${pairs('ENV', plan.env.dev)}${plan.devCommand ? dockerfile `CMD ${execForm(plan.devCommand)}\n` : NOTHING}`;
}
function renderTestDependencies() {
    return dockerfile `
# packages of the test image, from the wheels that it has beyond the release
FROM \${BASE} AS test-dependencies
RUN ${bind('stages/install', '/mnt')} ${bindFrom('tools', '/', '/media')} ${bind('wheels', '/opt')} \\
    SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} python /mnt/install.py
`;
}
function renderTestSystem() {
    return dockerfile `
# libraries that these wheels link
FROM \${RELEASE} AS test-system
USER 0
RUN ${bind('stages/system', '/mnt')} ${bind('debian', '/opt')} SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} sh /mnt/install.sh
`;
}

;// CONCATENATED MODULE: ./lib/plan/start/start-place.js
/** The working folder of every image of ours. */
const WORK = '/app';
const start_place_TOKEN = /[^\S\n]*(&&|\|\||[;&|\n]|(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\;&|])+)/sy;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** @param argv as the image's configuration has it: words, or `sh -c LINE` */
function startPlace(argv) {
    const line = isShell(argv) ? (argv[2] ?? '') : undefined;
    const commands = line === undefined ? [argv] : simpleCommands(line);
    const visited = [];
    const steps = [];
    let folder = WORK;
    for (const command of commands) {
        const words = programWords(command);
        if (words[0] === 'cd') {
            folder = below(folder, words[1] ?? '');
            if (folder !== undefined)
                visited.push({ written: words[1] ?? '', folder });
        }
        else if (words.length > 0)
            steps.push({ folder, words });
    }
    const last = steps.at(-1);
    const own = last ? ofProgram(last) : { folder: undefined, paths: [] };
    if (own.folder !== undefined)
        visited.push({ written: own.written, folder: own.folder });
    const works = own.folder ?? last?.folder ?? WORK;
    const paths = [...own.paths, ...(works === WORK ? [] : [works])];
    return { steps, folder: works, paths: [...new Set(paths)], visited };
}
/** Without variables that are set for it, `exec` and `env`. */
function programWords(command) {
    const first = command.findIndex((word) => word !== 'exec' && word !== 'env' && !ASSIGNMENT.test(word));
    return first < 0 ? [] : command.slice(first);
}
function isShell(argv) {
    return argv.length === 3 && /^(\/bin\/)?(sh|bash|dash)$/.test(argv[0] ?? '') && /^-l?c$/.test(argv[1] ?? '');
}
/** Commands that run one after the other: what a pipe, a group or a condition does is left to the shell. */
function simpleCommands(line) {
    const commands = [[]];
    start_place_TOKEN.lastIndex = 0;
    for (let found = start_place_TOKEN.exec(line); found; found = start_place_TOKEN.exec(line)) {
        const token = found[1] ?? '';
        if (/^(\|\|?|&)$/.test(token) || /^[({]|^(if|while|for|case|until|trap)$/.test(token))
            break;
        if (/^(&&|;|\n)$/.test(token))
            commands.push([]);
        else
            commands.at(-1)?.push(token.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, '$1$2$3'));
    }
    return commands.filter((words) => words.length > 0);
}
/** A folder by a word of a shell; undefined where that is not known before it runs. */
function below(folder, word) {
    if (word === '' || /[$`~*?[\]{}]|^-/.test(word))
        return undefined;
    const parts = word.startsWith('/') ? [] : folder?.split('/');
    if (!parts)
        return undefined;
    for (const part of word.split('/')) {
        if (part === '..')
            parts.pop();
        else if (part !== '' && part !== '.')
            parts.push(part);
    }
    return `/${parts.filter(Boolean).join('/')}`;
}
/** Options of servers that change the folder. @see https://docs.gunicorn.org/en/stable/settings.html#chdir */
const CHDIR = {
    gunicorn: ['--chdir'],
    uwsgi: ['--chdir'],
    granian: ['--working-dir'],
};
/** Options that name folders to import from. @see https://www.uvicorn.org/settings/#application */
const PATHS = {
    gunicorn: ['--pythonpath'],
    uwsgi: ['--pythonpath', '--python-path', '--pp'],
    uvicorn: ['--app-dir'],
};
function ofProgram({ folder, words }) {
    const [first = '', ...rest] = words;
    const python = /^(.*\/)?python[\d.]*$/.test(first);
    const module = python && rest[0] === '-m' ? rest[1] : undefined;
    const program = module ?? (/^(.*\/)?([\w.-]+)$/.exec(first)?.[2] || '');
    const script = python && !module ? rest.find((word) => !word.startsWith('-')) : undefined;
    const [written] = valuesOf(words, CHDIR[program] ?? []);
    const changed = written === undefined ? undefined : below(folder, written);
    const named = valuesOf(words, PATHS[program] ?? []).flatMap((value) => value.split(','));
    const beside = script?.endsWith('.py') ? below(folder, script.replace(/[^/]*$/, '') || '.') : undefined;
    const paths = [...named.map((value) => below(changed ?? folder, value)), beside];
    return { folder: changed, written: written ?? '', paths: paths.flatMap((at) => (at === undefined || at === WORK ? [] : [at])) };
}
function valuesOf(words, options) {
    return words.flatMap((word, i) => {
        const option = options.find((name) => word === name || word.startsWith(`${name}=`));
        if (option === undefined)
            return [];
        return word === option ? [words[i + 1] ?? ''] : [word.slice(option.length + 1)];
    });
}
const TAKE_SOURCE = 'set wheel: never, which takes the source to /app as it is';
/** Why a start command certainly fails, by the files alone; undefined where they tell nothing against it. */
function placeFault({ visited }, held) {
    for (const { written, folder } of visited) {
        const inside = belowWork(folder);
        if (inside === undefined || inside === '' || held.made.some((one) => one === folder || one.startsWith(`${folder}/`)))
            continue;
        if ([...held.files.keys()].some((file) => file.startsWith(`${inside}/`)))
            continue;
        const there = held.source.some((file) => file.startsWith(`${inside}/`));
        const text = `the start command goes to the folder ${written}, which is not in the image`;
        if (held.wheel && there)
            return { text: `${text}: the project's wheel holds its packages alone`, next: `Leave that out, or ${TAKE_SOURCE}.` };
        return { text, next: 'Correct it, or commit the folder with what is in it.' };
    }
    return undefined;
}
/** Files that the steps run by a path: what is looked for on PATH is none. */
function startScripts({ steps }) {
    return steps.flatMap(({ folder, words }) => {
        const [first = '', ...rest] = words;
        const byShell = /^(.*\/)?(sh|bash|dash|ash)$/.test(first) || first === '.' || first === 'source';
        const written = byShell ? rest.find((word) => !word.startsWith('-')) : first.includes('/') ? first : undefined;
        if (written === undefined || (byShell && rest.some((word) => /^-\w*c$/.test(word))))
            return [];
        const file = belowWork(below(folder, written) ?? '');
        return file ? [{ written, file, byShell }] : [];
    });
}
/** Why a script of the source certainly fails. @param text its content, undefined where it is none of the source */
function scriptFault({ written, byShell }, executable, text) {
    if (text === undefined)
        return undefined;
    const runs = `the start command runs ${written}, `;
    if (!byShell && !executable) {
        return {
            text: `${runs}which may not be executed`,
            next: `Run "git update-index --chmod=+x ${written.replace(/^\.\//, '')}", or start it by sh.`,
        };
    }
    // The system takes the CR for a part of the interpreter's name; a shell, for a part of each last word.
    if (/^#![^\n]*\r\n/.test(text) || (byShell && /\r\n/.test(text))) {
        return {
            text: `${runs}whose lines end with CR LF, as on Windows`,
            next: 'Save it with LF, and let git keep that: "*.sh text eol=lf" in .gitattributes.',
        };
    }
    return undefined;
}
function belowWork(at) {
    if (at === WORK)
        return '';
    return at.startsWith(`${WORK}/`) ? at.slice(WORK.length + 1) : undefined;
}

;// CONCATENATED MODULE: ./lib/run/wheelhouse-folder/fetch-files.js


const fetch_files_AT_ONCE = 16;
/** Who waits longer than this is told how far it is. */
const TELL_MS = 5000;
/** sha256 of a file, '' for one of another size, which need not be read. @param size bytes, where they are known */
async function printOf(world, file, size) {
    return size === undefined || (await world.files.size(file)) === size ? world.files.sha256(file) : '';
}
async function fetched(world, { url, sha256, size }, to) {
    return (await world.downloads.fetch(url, sha256, to, size)).seconds;
}
/** A file of the workspace, checked like any other. */
async function taken(world, { file, sha256 }, at, to) {
    await world.files.link(at, to);
    if ((await world.files.sha256(to)) === sha256)
        return 0;
    await world.files.remove(to);
    throw new errors/* UserError */.yo('wheels', `${file} of the workspace has changed while it was read`, 'Run again.');
}
/**
 * Fetches files to a folder, 16 at a time, each checked against its sha256.
 * @returns seconds by file name
 */
async function fetchAll(world, remotes, folder) {
    const seconds = new Map();
    let told = performance.now();
    const queue = [...remotes].sort((a, b) => (b.size ?? 0) - (a.size ?? 0)); // the large ones first: they decide when it ends
    const worker = async () => {
        for (let remote = queue.shift(); remote; remote = queue.shift()) {
            const to = external_node_path_.join(folder, remote.file);
            if ((await world.files.exists(to)) && (await printOf(world, to, remote.size)) === remote.sha256)
                continue;
            await world.files.remove(to); // a folder, or whatever else stands there
            seconds.set(remote.file, remote.at === undefined ? await fetched(world, remote, to) : await taken(world, remote, remote.at, to));
            if (performance.now() - told > TELL_MS && queue.length > 0) {
                told = performance.now();
                world.log.info(`  fetched ${seconds.size} of ${remotes.length} files`);
            }
        }
    };
    // After a failure the others finish their file and take no new one, so that nothing half-written stays.
    const stopping = () => worker().catch((error) => {
        queue.length = 0;
        throw error;
    });
    const ends = await Promise.allSettled(Array.from({ length: Math.min(fetch_files_AT_ONCE, queue.length) }, stopping));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed)
        throw failed.reason;
    return seconds;
}

;// CONCATENATED MODULE: ./lib/run/wheelhouse-folder/wheel-files.js





/** More than any manifest takes. */
const wheel_files_MOST_BYTES = 1_000_000;
/** What the wheelhouse holds of what a lock or a manifest names: each of those wheels is read to know its sha256. */
async function readShelf(world, locked) {
    const manifests = await readManifests(world);
    const sizes = new Map(locked.flatMap((entry) => entry.wheels.map(({ file, size }) => [file, size])));
    for (const { file } of manifests)
        sizes.set(file, undefined);
    const wheels = new Map();
    for (const name of await world.files.list(world.paths.wheelhouse)) {
        if (!sizes.has(name))
            continue;
        wheels.set(name, await printOf(world, inWheelhouse(world, name), sizes.get(name)));
    }
    return { wheels, manifests };
}
/**
 * The manifests of the compiled wheels at hand, without a look at the wheels themselves. One that cannot
 * be read, or with a signing key is not signed with it, is removed with its wheel, which is compiled again.
 */
async function readManifests(world) {
    const manifests = [];
    for (const name of await world.files.list(inWheelhouse(world, SHELF.manifests))) {
        const wheel = name.replace(/\.json$/, '');
        const manifest = parseManifest((await world.files.readKept(inWheelhouse(world, SHELF.manifests, name), wheel_files_MOST_BYTES)) ?? '', wheel);
        if (manifest && trustsManifest(world.signer, manifest)) {
            manifests.push(manifest);
            continue;
        }
        world.log.info(`  ${wheel} is not used: its manifest ${manifest ? 'is not signed with cache-signing-key' : 'cannot be read'}`);
        await world.files.remove(inWheelhouse(world, SHELF.manifests, name));
        if (isWheelName(wheel))
            await world.files.remove(inWheelhouse(world, wheel));
    }
    return manifests;
}
/** Fetches what the lock names and the wheelhouse lacks: wheels to the wheelhouse, sdists to the context. */
async function fetchWheels(world, planned) {
    const downloads = planned.filter((wheel) => wheel.kind === 'download').map((wheel) => wheel.remote);
    for (const { file } of downloads) {
        if (await world.files.exists(inWheelhouse(world, file)))
            world.log.info(`  ${file}: checksum mismatch, fetched again`);
    }
    return fetchAll(world, downloads, world.paths.wheelhouse);
}
/** Puts the wheels of the test image beside those of the release, where people look; what the release takes is by its lock. */
async function showTestWheels(world, files) {
    for (const file of files) {
        await world.files.remove(inWheelhouse(world, file)); // one of that name is of a test shelf before
        await world.files.link(inWheelhouse(world, TEST_SHELF, file), inWheelhouse(world, file));
    }
}
/**
 * Removes what neither the lock nor the test image's names any more: wheels, manifests, locks of build requirements and their files.
 * @param keep names of wheels
 * @param locks sha256 of locks of build requirements
 */
async function prune(world, keep, locks) {
    const remove = async (folder, unwanted) => {
        for (const name of await world.files.list(inWheelhouse(world, folder))) {
            if (unwanted(name))
                await world.files.remove(inWheelhouse(world, folder, name));
        }
    };
    const [wheels, wanted] = [new Set(keep), new Set(locks)];
    const kept = Object.entries((await world.records.get('buildLocks')) ?? {}).filter(([, lock]) => wanted.has(lock.sha256));
    const prints = new Set(kept.map(([print]) => `${print}.toml`));
    const required = new Set(kept.flatMap(([, lock]) => Object.keys(lock.files)));
    const shown = new Set(await world.files.list(inWheelhouse(world, TEST_SHELF)));
    await remove('.', (name) => /\.(whl|part)$/.test(name) && !wheels.has(name) && !shown.has(name));
    await remove(SHELF.manifests, (name) => !wheels.has(name.replace(/\.json$/, '')));
    await remove(SHELF.locks, (name) => !prints.has(name));
    await remove(SHELF.requires, (name) => !required.has(name));
    world.records.set('buildLocks', Object.fromEntries(kept));
}
/** The list for the output `wheels`, in the order of names. */
async function listWheels(world, planned, manifests, fetchedIn) {
    return Promise.all(planned.map(async (wheel) => {
        const common = { name: wheel.name, version: wheel.version };
        if (wheel.kind === 'compile') {
            const manifest = manifests.find((candidate) => candidate.package === wheel.name);
            if (!manifest)
                throw new Error(`${wheel.name} was planned to be built and has no manifest`);
            return {
                ...common,
                version: manifest.version,
                file: manifest.file,
                sha256: manifest.sha256,
                size: await world.files.size(inWheelhouse(world, manifest.file)),
                origin: 'compiled',
                seconds: round(manifest.seconds),
            };
        }
        const file = wheel.kind === 'reuse' ? wheel.file : wheel.remote.file;
        const sha256 = wheel.kind === 'download' ? wheel.remote.sha256 : wheel.sha256;
        const origin = wheel.kind === 'reuse' ? 'reused' : 'downloaded';
        return {
            ...common,
            file,
            sha256,
            size: await world.files.size(inWheelhouse(world, file)),
            origin,
            seconds: round(fetchedIn.get(file) ?? 0),
        };
    }));
}
/** The locked wheels and the .deb files, as hard links in the context. The app's wheel comes from its stage. */
async function layOutWheels(world, wheels, debian) {
    const place = async (from, folder, names) => {
        const target = external_node_path_.join(world.paths.context, folder);
        await world.files.remove(target);
        await world.files.makeFolder(target);
        for (const name of names)
            await world.files.link(external_node_path_.join(from, name), external_node_path_.join(target, name));
    };
    await place(world.paths.wheelhouse, 'wheels', wheels);
    await place(inWheelhouse(world, SHELF.debian), 'debian', debian);
}
function round(seconds) {
    return Math.round(seconds * 100) / 100;
}

;// CONCATENATED MODULE: ./lib/project/resolved-lock.js




/**
 * Reads a pylock.toml.
 * @param file its name, for messages
 * It comes from a stage that may have run the code of sdists, or from a cache: its values are fetched, opened and shown.
 * @throws UserError where a package has neither files nor a folder, where a value is not of its kind, or where its index told
 * no sha256 of a file
 * @see PEP 751
 */
function readLock(file, text) {
    const packages = (0,project_toml/* readToml */.D7)(file, text).packages;
    return (Array.isArray(packages) ? packages : []).map((entry) => readPackage(file, entry));
}
function readPackage(file, entry) {
    const name = (0,project_names/* normalizeName */.P)((0,project_toml/* textAt */.$6)(entry, 'name') ?? '');
    const numbered = (0,project_toml/* textAt */.$6)(entry, 'version') ?? '';
    if (!(0,grammar/* fits */.lA)(grammar/* normalizedName */.j8, name))
        throw odd(file, 'package whose name is none', name);
    if (numbered !== '' && !(0,grammar/* fits */.lA)(grammar/* version */.rE, numbered))
        throw odd(file, `version of ${name} that is none`, numbered);
    const index = (0,project_toml/* textAt */.$6)(entry, 'index');
    const read = (from) => readFile(file, name, index, from);
    const archive = entry.archive === undefined ? undefined : read(entry.archive);
    const isWheel = archive?.file.endsWith('.whl') ?? false;
    const wheels = [...(Array.isArray(entry.wheels) ? entry.wheels.map(read) : []), ...(archive && isWheel ? [archive] : [])];
    const sdist = entry.sdist === undefined ? (isWheel ? undefined : archive) : read(entry.sdist);
    const folder = entry.directory !== undefined;
    if (wheels.length === 0 && !sdist && !folder) {
        throw new errors/* UserError */.yo('wheels', `${name} in ${file} has no files`, 'Make the lock again, or depend on a released version of it.');
    }
    return { name, version: numbered, wheels, sdist, folder };
}
function readFile(lock, name, index, entry) {
    const path = (0,project_toml/* textAt */.$6)(entry, 'path');
    const url = path === undefined ? ((0,project_toml/* textAt */.$6)(entry, 'url') ?? '') : `file:${encodeURI(path)}`;
    const hashes = (0,project_toml/* tableAt */.af)(entry, 'hashes');
    const sha256 = (0,project_toml/* textAt */.$6)(hashes, 'sha256');
    const file = (0,project_toml/* textAt */.$6)(entry, 'name') ?? resolved_lock_decoded(url.split(/[?#]/)[0]?.split('/').at(-1) ?? '');
    if (!(0,grammar/* fits */.lA)(grammar/* archiveName */.uv, file))
        throw odd(lock, 'file that is no wheel and no sdist', file);
    if (!sha256)
        throw unhashed(lock, name, file, index ?? url, Object.keys(hashes));
    if (file.endsWith('.whl') && (0,project_names/* normalizeName */.P)(file.split('-')[0] ?? '') !== name)
        throw odd(lock, `wheel of another package for ${name}`, file);
    const shown = url.replace(/\/\/[^/]*@/, '//');
    if (!(0,grammar/* fits */.lA)(grammar/* address */.hl, url))
        throw odd(lock, `place for ${file} that is no address`, shown);
    const sum = sha256.toLowerCase();
    if (!(0,grammar/* fits */.lA)(grammar/* sha256Text */.f1, sum))
        throw odd(lock, `sha256 of ${file} that is none`, sha256);
    return { file, url, sha256: sum, size: (0,grammar/* fits */.lA)(grammar/* size */.Ej, entry.size) ? entry.size : undefined };
}
function odd(lock, what, value) {
    return new errors/* UserError */.yo('wheels', `${lock} names a ${what}: ${JSON.stringify(value.slice(0, 100))}`, 'Make the lock again.');
}
/** The lock has what the index told: to make it again would not help. */
function unhashed(lock, name, file, told, others) {
    const from = URL.canParse(told) && !told.startsWith('file:') ? `index ${new URL(told).host}` : lock;
    const only = others.length > 0 ? `, only ${others.join(' and ')}` : '';
    return new errors/* UserError */.yo('wheels', `${from} gives no sha256 for ${file} of ${name}${only}; a file without one is not installed`, `Let the index tell sha256 (PEP 503 and 691), or name one that does before it in extra-index-urls.`);
}
/** Without its escapes; a text that is not well escaped stays as it is, and is refused as a file name. */
function resolved_lock_decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./lib/run/build/build-setup.js

/** Parts common to every resolution: the image, the index, the date. */
function resolutionParts({ system, settings, newest, buildConstraints }) {
    return {
        parent: system,
        index: indexPrint(settings),
        'exclude-newer': newest,
        ...(buildConstraints.length > 0 && { 'build constraints': buildConstraints.join('\n') }),
    };
}

;// CONCATENATED MODULE: ./lib/run/build/stage-answers.js



/** Bytes of a document that a stage may leave; what is asked takes a thousandth of it. */
const MOST = 8 << 20;
/**
 * The door for documents that come out of stages: nothing of them is used before it passed here.
 * @returns undefined where the stage left no such file
 * @throws UserError where it is too large, or not of its kind
 */
async function readAnswer(world, answer, schema) {
    const text = await readText(world, answer);
    if (text === undefined)
        return undefined;
    const read = (0,grammar/* readJson */.Vh)(schema, text);
    if (read !== undefined)
        return read;
    throw stage_answers_odd(answer, `is no ${answer.what}: ${text.slice(0, 80)}`);
}
/** The same for a text, whose kind its reader judges. */
async function readText(world, answer) {
    const { folder, file, most = MOST } = answer;
    const place = external_node_path_.join(folder, file);
    const status = await world.files.status(place);
    if (status === undefined)
        return undefined;
    if (status.folder)
        throw stage_answers_odd(answer, 'is a folder');
    const bytes = await world.files.size(place);
    if (bytes > most)
        throw stage_answers_odd(answer, `has ${bytes} bytes, more than the ${most} that are read`);
    return world.files.read(place);
}
function stage_answers_odd({ step, from, file }, how) {
    return new errors/* UserError */.yo(step, `${from} left a ${file} that ${how}`, 'Whatever wrote it must be corrected or left out.');
}

;// CONCATENATED MODULE: ./lib/run/lock/resolve.js




/** Resolves requirement lines in the image they will run in. @returns the text of the pylock.toml */
async function resolve(world, setup, { lines, constraints = [], overrides = [], options = [], pinned = false, sourceless = [], environment = {} }) {
    const output = await resolveAll(world, setup, 'lock', {
        'requirements.txt': `${lines.join('\n')}\n`,
        ...(constraints.length > 0 && { 'constraints.txt': `${constraints.join('\n')}\n` }),
        ...(overrides.length > 0 && { 'overrides.txt': `${overrides.join('\n')}\n` }),
        ...(setup.buildConstraints.length > 0 && { 'build-constraints.txt': `${setup.buildConstraints.join('\n')}\n` }),
        ...(options.length > 0 && { 'options.txt': `${options.join('\n')}\n` }),
        ...(pinned && { pinned: '' }),
        ...(sourceless.length > 0 && { 'sourceless.txt': `${sourceless.join('\n')}\n` }),
        ...(Object.keys(environment).length > 0 && { 'environment.json': JSON.stringify(environment) }),
    });
    return readResolved(world, output);
}
/** Resolves sets of build requirements, each for itself, in one build. @returns the text of each one's pylock.toml */
async function resolveSets(world, setup, sets) {
    if (sets.length === 0)
        return [];
    const asked = Object.fromEntries(sets.map((lines, i) => [`${i}/requirements.txt`, `${lines.join('\n')}\n`]));
    const bounds = setup.buildConstraints;
    const constraints = bounds.length > 0 ? { 'constraints.txt': `${bounds.join('\n')}\n` } : {};
    const output = await resolveAll(world, setup, 'build-lock', { ...asked, ...constraints });
    return Promise.all(sets.map((_, i) => readResolved(world, external_node_path_.join(output, String(i)))));
}
/** Bytes of a lock; one with a thousand packages and all of their files has two million. */
const LARGEST_LOCK = 64 << 20;
async function readResolved(world, folder) {
    const answer = { folder, file: 'pylock.toml', step: 'wheels', from: 'the resolution', what: 'lock', most: LARGEST_LOCK };
    return (await readText(world, answer)) ?? '';
}
/** @param asked what is asked, as files by their names. @returns the folder of what the stage gives */
async function resolveAll(world, setup, stage, asked) {
    const tools = await ensureUvImage(world, setup);
    const folder = external_node_path_.join(world.paths.leanContext, 'requirements', stage);
    await world.files.remove(folder);
    for (const [name, text] of Object.entries(asked))
        await world.files.write(external_node_path_.join(folder, name), text);
    const output = external_node_path_.join(world.paths.temp, stage);
    await world.files.remove(output);
    const { dockerfile, base, settings } = setup;
    await buildTarget(world, settings, { dockerfile, base, tools, target: `${stage}-files`, context: 'leanContext', output });
    return output;
}

;// CONCATENATED MODULE: ./lib/run/lock/build-requirements.js










/**
 * Build requirements, resolved with hashes and fetched to `.build/requires`, for builds without an index. Sets
 * without a kept lock are resolved in one build, each for itself.
 */
async function ensureBuildLocks(world, setup, target, sets) {
    const common = resolutionParts(setup);
    const prints = new Map();
    const missing = new Map();
    for (const set of sets) {
        const sorted = [...new Set(set.map(plainRequirement))].sort();
        const print = fingerprint({ ...common, requirements: sorted.join('\n') });
        prints.set(setName(set), print);
        if (!missing.has(print) && !(await isKept(world, print)))
            missing.set(print, sorted);
    }
    const asked = [...missing].filter(([, lines]) => lines.length > 0);
    const lists = asked.map(([, lines]) => lines);
    const texts = await resolveSets(world, setup, lists);
    const found = new Map(asked.map(([print], i) => [print, texts[i] ?? '']));
    for (const print of missing.keys()) {
        const lock = await fetchLocked(world, target, print, found.get(print) ?? 'lock-version = "1.0"\n');
        await world.records.put('buildLocks', print, lock);
    }
    const kept = (await world.records.get('buildLocks')) ?? {};
    return new Map([...prints].map(([name, print]) => [name, kept[print]?.sha256 ?? '']));
}
/** Whether a lock is kept as recorded, with all that it names, byte for byte. @param print of what it was resolved from */
async function isKept(world, print) {
    const known = await world.files.readKept(lockFile(world, print), build_requirements_MOST_BYTES);
    const record = (await world.records.get('buildLocks'))?.[print];
    if (known === undefined || record === undefined || sha256(known) !== record.sha256)
        return false;
    return areNamed(known, record) && areThere(world, record);
}
/** Whether a record says of its files what its lock does: what is built is named by the lock's sha256 alone. */
function areNamed(text, { files }) {
    try {
        const packages = readLock('the lock of the build requirements', text).map(({ wheels }) => wheels);
        const chosen = packages.map((wheels) => wheels.find(({ file, sha256: hash }) => files[file] === hash));
        return Object.keys(files).length === packages.length && !chosen.includes(undefined);
    }
    catch {
        return false;
    }
}
/** Fetches the wheels of a new lock, then keeps it. */
async function fetchLocked(world, target, print, text) {
    const wheels = readLock('the lock of the build requirements', text).map((entry) => {
        const wheel = bestWheel(entry.wheels, supportedTags(target));
        if (wheel)
            return wheel;
        throw new errors/* UserError */.yo('wheels', `the build requirement ${entry.name} ${entry.version} has no wheel that fits`, 'Pin a version that has one in [build-system] requires, or put its wheel on an index that extra-index-urls names.');
    });
    await fetchAll(world, wheels, inWheelhouse(world, SHELF.requires));
    await world.files.write(lockFile(world, print), text);
    return { sha256: sha256(text), files: Object.fromEntries(wheels.map((wheel) => [wheel.file, wheel.sha256])) };
}
/** More than any lock of build requirements takes. */
const build_requirements_MOST_BYTES = 16_000_000;
function lockFile(world, print) {
    return inWheelhouse(world, SHELF.locks, `${print}.toml`);
}
/**
 * Build requirements come out of archives: nothing but a requirement may reach the resolver's file (PEP 508). Those by
 * an address would be fetched again while the wheel is built, where there is no network.
 */
function plainRequirement(line) {
    const name = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]\n]*\]\s*)?@/.exec(line)?.[1];
    if (name) {
        throw new errors/* UserError */.yo('wheels', `the build requirement ${name} is given by an address or a folder`, 'Name a version of it that has a wheel in [build-system] requires, or put its wheel on an index that extra-index-urls names.');
    }
    if ((0,grammar/* fits */.lA)(grammar/* requirement */.aS, line.trim()))
        return line.trim();
    throw new errors/* UserError */.yo('wheels', `${JSON.stringify(line.slice(0, 100))} is not a build requirement`, 'Fix [build-system] requires of the package that says so.');
}
async function areThere(world, lock) {
    for (const [file, hash] of Object.entries(lock.files)) {
        const kept = inWheelhouse(world, SHELF.requires, file);
        if ((await world.files.sha256(kept)) !== hash)
            return false;
    }
    return true;
}
function setName(requires) {
    return requires.join('\n');
}

;// CONCATENATED MODULE: ./lib/project/layout/static-metadata.js






/**
 * The pyproject.toml that is enough to resolve a package whose dependencies are static; undefined where only
 * its build backend knows them. Folders and repositories are named alone: whoever lays them out says where they are.
 * @param metadata what pyproject.toml says
 * @see PEP 621 `dynamic`
 */
function resolvable(pyproject, metadata) {
    const project = (0,project_toml/* tableAt */.af)(pyproject, 'project');
    const poetry = (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry');
    const name = (0,project_toml/* textAt */.$6)(project, 'name') ?? (0,project_toml/* textAt */.$6)(poetry, 'name');
    const dynamic = Array.isArray(project.dynamic) ? project.dynamic : [];
    if (!name || unknownRequires(pyproject) !== undefined || dynamic.includes('optional-dependencies'))
        return undefined;
    const always = requirementsFor(metadata, []);
    const list = (lines) => JSON.stringify(lines.map(byName));
    const optional = metadata.extras.map((extra) => `${JSON.stringify(extra)} = ${list(requirementsFor(metadata, [extra]).filter((line) => !always.includes(line)))}`);
    const requires = metadata.requiresPython;
    return [
        '[project]',
        `name = ${JSON.stringify(name)}`,
        `version = ${JSON.stringify((0,project_toml/* textAt */.$6)(project, 'version') ?? (0,project_toml/* textAt */.$6)(poetry, 'version') ?? '0')}`,
        ...(requires && (0,pep440/* validRange */.Im)(requires) ? [`requires-python = ${JSON.stringify(requires)}`] : []),
        `dependencies = ${list(always)}`,
        '[project.optional-dependencies]',
        ...optional,
        '',
    ].join('\n');
}
function byName(line) {
    if (directSource(line) === undefined)
        return line;
    const { name, extras, marker } = (0,requirements_requirement/* readRequirement */.M)(line);
    return `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}${marker ? ` ; ${marker}` : ''}`;
}

;// CONCATENATED MODULE: ./lib/run/prepare/files-above.js


/**
 * What git tracks above a project, for a build that reads there: whoever clones the repository has it too.
 * @param at `folder` of the project, below `top`, that of the repository; absolute
 * @returns files relative to `top`; undefined where building reads nothing above
 * @throws UserError where what it names is not tracked
 */
async function filesAbove(world, at, reads) {
    if (!reads)
        return undefined;
    const own = placeInRepository(at);
    const tracked = (await world.git.tracked(at.top)).filter((file) => !file.startsWith(`${own}/`));
    const named = reads.place === undefined ? undefined : external_node_path_.posix.join(own, reads.place.split(/[*?[]/)[0] ?? '');
    const isThere = (place) => tracked.some((file) => file === place || file.startsWith(place.replace(/\/*$/, '/')));
    if (named !== undefined && !isThere(named))
        throw untracked(own, reads, named);
    const what = reads.place === undefined ? 'reads above its folder' : `names ${reads.place}`;
    world.log.info(`  what git tracks above ${own} is there for its wheel, as ${reads.by} ${what}`);
    return world.source.chosen(at.top, tracked);
}
/** Where a project lies in its repository. */
function placeInRepository({ folder, top }) {
    return external_node_path_.relative(top, folder).split(external_node_path_.sep).join('/');
}
function untracked(own, { by, place }, named) {
    const outside = named === '..' || named.startsWith('../');
    return new errors/* UserError */.yo('project', `${own}/${by} names ${place}, ${outside ? 'which lies outside the workspace' : 'which git does not track'}: of what lies above the input path, a build has what git tracks`, outside ? 'Check out the repository that holds it, and set path to the project in it.' : `Commit ${named}, or move it into ${own}.`);
}

;// CONCATENATED MODULE: ./lib/run/lock/lay-out-package.js












/** Where the stage `lock` sees them. */
const LOCAL_AT = '/srv/local';
const lay_out_package_FOLDERS = 'local';
const lay_out_package_METADATA = 'local-metadata';
const ABOVE = 'above';
/** The place of a package's source inside the context. */
function localAt(name) {
    return `${lay_out_package_FOLDERS}/${name}`;
}
function pyprojectOf(world, folder, top = world.context.workspace) {
    return world.files.readInside(top, external_node_path_.join(folder, 'pyproject.toml'), text_size/* TEXT_SIZE */.yf);
}
/** @param as nothing above `root` is read; `name` is what it is required by, '' where only its place is told */
async function layOut(world, checkout, { from, root, name: asked }) {
    const { folder } = checkout;
    const withheld = [];
    const taken = await world.source.snapshot(folder, world.paths.wheelhouse, withheld, root);
    tellWithheld(world, withheld, from);
    const files = taken.map((file) => file.path);
    if (!files.some((file) => file === 'pyproject.toml' || file === 'setup.py')) {
        throw new errors/* UserError */.yo('project', `${from} is required as a package and has neither pyproject.toml nor setup.py`, 'Fix the path of that requirement, or give the folder its metadata.');
    }
    const tree = await readTree({ project: folder, workspace: root }, files, [], world.files);
    const project = readProject(tree, external_node_path_.basename(folder));
    // A name that setup.py computes is known to its backend, which the resolver asks.
    const name = asked && !/\.(toml|cfg|py)$/.test(project.nameFrom) ? asked : project.name;
    const told = await tellLocalVersion(world, tree, checkout);
    for (const notice of told.notices)
        world.log.notice(`${name}: ${notice}`);
    const { env } = told;
    const snapshot = withFiles(taken, told.files);
    await world.source.stage(folder, snapshot, external_node_path_.join(world.paths.wheelsContext, localAt(name)));
    const above = await filesAbove(world, { folder, top: root }, project.above);
    if (above)
        await world.source.stage(root, above, external_node_path_.join(world.paths.wheelsContext, ABOVE, name));
    const pyproject = (0,project_toml/* readToml */.D7)(`${from}/pyproject.toml`, (await pyprojectOf(world, folder, root)) ?? '');
    const enough = resolvable(pyproject, project.metadata);
    const place = above && placeInRepository({ folder, top: root });
    const inside = external_node_path_.posix.join(name, enough === undefined ? (place ?? '') : '');
    const metadata = external_node_path_.join(world.paths.leanContext, lay_out_package_METADATA, inside);
    if (enough !== undefined)
        await world.files.write(external_node_path_.join(metadata, 'pyproject.toml'), enough);
    else {
        if (above)
            await world.source.stage(root, above, external_node_path_.join(world.paths.leanContext, lay_out_package_METADATA, name));
        await world.source.stage(folder, snapshot, metadata);
    }
    const print = fingerprint({
        files: JSON.stringify(snapshot),
        ...(above && { above: JSON.stringify(above) }),
        ...(Object.keys(env).length > 0 && { version: JSON.stringify(env) }),
    });
    const sources = Object.keys((0,project_toml/* tableAt */.af)(pyproject, 'tool', 'uv', 'sources')).map(project_names/* normalizeName */.P);
    const resolvedAt = `${LOCAL_AT}/${inside}`;
    return {
        name,
        folder,
        from,
        print,
        files,
        project,
        env,
        above: place,
        resolvedAt,
        asked: enough === undefined ? { env, sources } : undefined,
    };
}

;// CONCATENATED MODULE: ./lib/run/wheels/built-wheel.js









const REQUIRES = dist/* pipe */.FsL((0,grammar/* listOf */.c3)(grammar/* requirement */.aS, 1000), dist/* minLength */.BpQ(1));
const EVIDENCE_FILE = dist/* object */.Ikc({ packages: (0,grammar/* listOf */.c3)(grammar/* debianName */.nI, 10_000), missing: (0,grammar/* listOf */.c3)((0,grammar/* line */.n8)(200), 10_000) });
/**
 * What a wheel's stage left. Its name and what it requires are read out of the archive: whatever lies beside it, the
 * foreign code in that stage could write.
 * @throws UserError that says what is odd
 */
async function readBuiltWheel(world, { who, name, version }, output) {
    const from = `the build backend of ${who}`;
    const next = 'Check [build-system] in its pyproject.toml.';
    const wrong = (what) => new errors/* UserError */.yo('wheels', `${from} ${what}`, next);
    const asked = { folder: output, file: 'requires.json', step: 'wheels', from, what: 'list of requirements' };
    const requires = await readAnswer(world, asked, REQUIRES);
    if (requires)
        return { requires };
    const [file, ...more] = (await world.files.list(output)).filter((entry) => entry.endsWith('.whl'));
    if (file === undefined)
        throw wrong('made no wheel');
    if (more.length > 0)
        throw wrong(`made ${more.length + 1} wheels where one is wanted`);
    const legal = (0,grammar/* fits */.lA)(grammar/* wheelName */.nK, file);
    if (!legal)
        throw wrong(`made a wheel whose name is none: ${JSON.stringify(file.slice(0, 100))}`);
    const text = await metadataIn(world, external_node_path_.join(output, file)).catch(() => {
        throw wrong(`made ${file}, which is no archive`);
    });
    const metadata = text === undefined ? undefined : readWheelMetadata(text);
    if (text === undefined || metadata === undefined)
        throw wrong(`made ${file}, which has no METADATA that could be read`);
    if (typeof metadata === 'string')
        throw wrong(`made ${file}, whose METADATA has a line that is none: ${metadata}`);
    const [named = '', numbered = ''] = file.split('-');
    const same = (0,project_names/* normalizeName */.P)(named) === (0,project_names/* normalizeName */.P)(metadata.name) && built_wheel_plain(numbered) === built_wheel_plain(metadata.version);
    if (!same)
        throw wrong(`made ${file}, whose METADATA says ${metadata.name} ${metadata.version}`);
    if (name !== undefined && (0,project_names/* normalizeName */.P)(named) !== name)
        throw wrong(`made ${file}, a wheel of another package`);
    if (version && built_wheel_plain(version) !== built_wheel_plain(metadata.version))
        throw wrong(`made ${file} where ${version} is wanted`);
    return { file, text, metadata };
}
/** As file names spell a version, whose `-` is `_` there. @see PEP 427 (Escaping and Unicode) */
function built_wheel_plain(text) {
    return text.toLowerCase().replace(/[-_]/g, '.').replace(/^v/, '');
}
async function metadataIn(world, wheel) {
    const found = (await world.archives.list(wheel)).filter((name) => /^[^/]+\.dist-info\/METADATA$/.test(name));
    return found.length === 1 ? world.archives.readMember(wheel, found[0] ?? '') : undefined;
}
/**
 * The Debian packages that own the libraries which a wheel links: none for a pure one, which costs nothing. They are
 * told by a stage that starts from the same image, in which nothing of the wheel has run.
 * @returns names, sorted
 */
async function linkedPackages(world, { settings }, { stage, image, who, file, ...place }) {
    if (file.endsWith('-any.whl'))
        return [];
    const output = external_node_path_.join(world.paths.temp, `${EVIDENCE}-${stage}`);
    await world.files.remove(output);
    const dockerfile = place.dockerfile + renderEvidence({ stage, image, file });
    await buildTarget(world, settings, { ...place, dockerfile, target: `${EVIDENCE}-files`, output, offline: true });
    const told = { folder: output, file: 'evidence.json', step: 'wheels', from: `the stage ${EVIDENCE} of ${who}`, what: 'evidence' };
    const { packages = [], missing = [] } = (await readAnswer(world, told, EVIDENCE_FILE)) ?? {};
    if (missing.length > 0) {
        world.log.warning(`${who} links ${missing.join(', ')}, which no Debian package of the builder owns; if the release misses it, name its package in runtime-packages.`);
    }
    return packages;
}

;// CONCATENATED MODULE: ./lib/run/wheels/project-wheel.js










/** The project's own wheel in the wheelhouse, where it was made from the same source by the same means. */
async function keptProjectWheel(world, parts) {
    const kept = await world.records.get('project');
    if (!kept || JSON.stringify(kept.parts) !== JSON.stringify(parts))
        return undefined;
    const at = inWheelhouse(world, kept.file);
    if (!(await world.files.exists(at)) || (await world.files.sha256(at)) !== kept.sha256)
        return undefined;
    tellGit(world, kept);
    const { file, sha256, metadata, packages } = kept;
    return { file, sha256, metadata, packages, size: await world.files.size(at), seconds: 0 };
}
/** A file that the wheel's stage leaves beside it. */
const CALLED_GIT = 'called-git';
/** A backend that goes on without an answer of git has made up a version: that is said in runs that keep the wheel, too. */
function tellGit({ log }, { calledGit }) {
    if (calledGit)
        log.warning("the build of the project's wheel called git, which no build has: look at the wheel's version");
}
/**
 * The project's own wheel, made from what `layOutProject` laid out, without an index and without a network.
 * @param from `workshop` is the image it is built in: base, or the builder where it needs a compiler
 * @returns what its backend asks for beyond what is at hand, where that is so
 */
async function makeProjectWheel(world, setup, { source, workshop }) {
    const tools = await uvOfRelease(world, setup);
    const output = external_node_path_.join(world.paths.temp, 'app-wheel');
    await world.files.remove(output);
    const place = { dockerfile: setup.dockerfile, base: setup.base, tools, workshop };
    const seconds = await buildTarget(world, setup.settings, { ...place, target: 'app-wheel-files', output, offline: true });
    const read = await readBuiltWheel(world, { who: 'the project' }, output);
    if ('requires' in read)
        return read;
    const { file, text: metadata } = read;
    const packages = await linkedPackages(world, setup, { ...place, stage: 'app-wheel', image: 'WORKSHOP', who: 'the project', file });
    const made = external_node_path_.join(output, file);
    const before = await world.records.get('project');
    if (before && before.file !== file)
        await world.files.remove(inWheelhouse(world, before.file));
    await world.files.remove(inWheelhouse(world, file));
    await world.files.link(made, inWheelhouse(world, file));
    const app = { file, sha256: await world.files.sha256(made), metadata, packages };
    const calledGit = await world.files.exists(external_node_path_.join(output, CALLED_GIT));
    tellGit(world, { calledGit });
    world.records.set('project', { parts: source.parts, ...app, ...(calledGit && { calledGit }) });
    return { ...app, size: await world.files.size(made), seconds };
}
/** One hash over a snapshot, wherever its files lie. */
function sourcePrint(snapshot) {
    return sha256(JSON.stringify(snapshot.map(({ folder, ...file }) => file)));
}
/** What the stages `build-environment` and `app-wheel` mount: the source, its [build-system], and the wheels which that requires. */
async function layOutProject(world, { snapshot, parts, above }) {
    await layOutSource(world, { snapshot, parts });
    if (above) {
        const at = external_node_path_.join(world.paths.context, 'above');
        await world.files.remove(at);
        await world.source.stage(world.context.workspace, above, at);
    }
    const staged = external_node_path_.join(world.paths.context, 'source/pyproject.toml');
    // What a link leads to from here is another file than from the project.
    const written = (await world.files.isLink(staged)) ? await pyprojectOf(world, world.paths.project) : await world.files.read(staged);
    await world.files.write(external_node_path_.join(world.paths.context, 'build-system/pyproject.toml'), written ?? '');
    await layOutRequires(world, world.paths.context, [parts.buildLock ?? '']);
}
/** The source as hard links, and the user's .dockerignore applied by Docker itself: its patterns, moved below `source/`. */
async function layOutSource(world, { snapshot, parts }) {
    const target = external_node_path_.join(world.paths.context, 'source');
    const print = external_node_path_.join(world.paths.temp, 'source-print');
    const now = sourcePrint(snapshot);
    if ((await world.files.read(print)) === now && (await world.files.exists(target)))
        return;
    await world.files.remove(target);
    await world.source.stage(world.paths.project, snapshot, target);
    await world.files.write(print, now);
    const ignore = await readIgnore(world);
    if (ignore === undefined)
        return;
    // `.git*` is a common pattern, and meant for the repository: what is written for the build is not shut out.
    const written = snapshot.filter((file) => file.text !== undefined || file.folder !== undefined);
    // `*.md` is common too, and a backend stops where the readme that it is told is not there.
    const pyproject = parts.buildLock ? await pyprojectOf(world, world.paths.project) : undefined;
    const named = pyproject === undefined ? [] : namedFiles(pyproject).map(({ file }) => file);
    const meant = snapshot.filter((file) => named.includes(file.path));
    const lines = [...written, ...meant].map((file) => `\n!source/${file.path}`);
    await world.files.write(external_node_path_.join(world.paths.context, '.dockerignore'), belowSource(ignore) + lines.join(''));
}
/** The project's .dockerignore. */
function readIgnore(world) {
    return world.files.readInside(world.context.workspace, external_node_path_.join(world.paths.project, '.dockerignore'), text_size/* TEXT_SIZE */.yf);
}
/** @see https://docs.docker.com/build/concepts/context/#dockerignore-files */
function belowSource(dockerignore) {
    return dockerignore
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        .flatMap((line) => {
        const not = line.startsWith('!');
        // As Docker does: cleaned, and never above the root of what is sent.
        const inside = external_node_path_.posix
            .join('/', not ? line.slice(1).trim() : line)
            .slice(1)
            .replace(/\/$/, '');
        return inside === '' ? [] : [`${not ? '!' : ''}source/${inside}`];
    })
        .join('\n');
}
/** The wheels of the named locks of build requirements, as hard links below a context. */
async function layOutRequires(world, context, locks) {
    const folder = external_node_path_.join(context, 'build-requires');
    await world.files.remove(folder);
    await world.files.makeFolder(folder);
    const kept = (await world.records.get('buildLocks')) ?? {};
    for (const [print, lock] of Object.entries(kept).filter(([, { sha256 }]) => locks.includes(sha256))) {
        if (!(await isKept(world, print)))
            continue; // another record may name the same lock, and other files
        for (const file of Object.keys(lock.files)) {
            await world.files.link(inWheelhouse(world, SHELF.requires, file), external_node_path_.join(folder, file));
        }
    }
}

;// CONCATENATED MODULE: ./lib/run/build/debian-files.js






/**
 * The .deb files that the release needs beyond base, kept beside the wheelhouse for a week, so that
 * security fixes arrive and a fresh daemon installs them without a network.
 * @returns file names to sha256; empty where base holds everything already
 */
async function ensureDebianFiles(world, setup, { dockerfile, packages, week }) {
    const { records } = world;
    const folder = inWheelhouse(world, SHELF.debian);
    const parts = { parent: setup.system, packages: packages.join(' '), week };
    if (packages.length === 0) {
        await world.files.remove(folder);
        records.set('debian', { parts, files: {} });
        return {};
    }
    const kept = await records.get('debian');
    if (kept && JSON.stringify(kept.parts) === JSON.stringify(parts)) {
        if (JSON.stringify(await prints(world, folder)) === JSON.stringify(kept.files))
            return kept.files;
    }
    await world.files.remove(folder);
    await buildTarget(world, setup.settings, {
        dockerfile: dockerfile + renderDebianFiles(packages),
        target: 'debian-files',
        context: 'leanContext',
        output: folder,
        base: setup.base,
    });
    const odd = (await world.files.list(folder)).find((name) => !(0,grammar/* fits */.lA)(grammar/* debName */.J5, name));
    if (odd !== undefined)
        throw new errors/* UserError */.yo('wheels', `apt fetched ${JSON.stringify(odd.slice(0, 100))}, no .deb file`, 'See runtime-packages.');
    const files = await prints(world, folder);
    records.set('debian', { parts, files });
    return files;
}
/**
 * The lists of Debian's archive on this daemon, for when the .deb files are asked for: fetching them takes
 * a network and next to no processor, so they come while wheels are compiled. What fails here is told there.
 */
async function fetchDebianLists(world, { dockerfile, settings, base }) {
    const output = external_node_path_.join(world.paths.temp, 'debian-lists');
    try {
        await buildTarget(world, settings, { dockerfile, base, target: 'debian-lists-files', context: 'leanContext', output });
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
    }
}
async function prints(world, folder) {
    const names = (await world.files.list(folder)).filter((name) => (0,grammar/* fits */.lA)(grammar/* debName */.J5, name));
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await world.files.sha256(external_node_path_.join(folder, name))])));
}

;// CONCATENATED MODULE: ./lib/plan/wheels/vouched-files.js




/**
 * What an index gave for the pins of a user's lock, with just the files that the lock vouches for.
 * @param beside packages that the lock does not name are what the user adds to it, and all that follows from that
 * @throws UserError for a package that the lock does not name or has no sha256 of, and for a file whose sha256 is not the lock's
 */
function onlyVouchedFor(lock, given, target, beside = false) {
    const pins = new Map(lock.pins.map((pin) => [pin.name, pin]));
    const supported = supportedTags(target);
    return given.map((entry) => {
        const pin = pins.get(entry.name) ?? lock.pins.find((one) => one.name === '' && isMeant(one, entry));
        if (!pin && beside)
            return entry;
        if (!pin)
            throw new errors/* UserError */.yo('lock', `${entry.name} is required and ${lock.file} does not name it`, refresh(lock));
        if (entry.folder)
            return entry; // built here: no index gives a file to compare
        if (pin.files.size === 0)
            throw withoutSum(lock, pin);
        const names = new Map([...pin.files].filter(([, name]) => name !== '').map(([sha256, name]) => [name, sha256]));
        for (const file of [...entry.wheels, ...(entry.sdist ? [entry.sdist] : [])]) {
            const said = names.get(file.file);
            if (said !== undefined && said !== file.sha256)
                throw changed(lock, file, `the lock says ${said.slice(0, 16)}…`);
        }
        const wheels = entry.wheels.filter((wheel) => pin.files.has(wheel.sha256));
        const sdist = entry.sdist && pin.files.has(entry.sdist.sha256) ? entry.sdist : undefined;
        // A wheel that was uploaded after the lock was made may be passed over for another; never for an sdist.
        const best = bestWheel(entry.wheels, supported);
        const wanted = best ?? entry.sdist;
        if (wanted && (best ? !bestWheel(wheels, supported) : !sdist))
            throw changed(lock, wanted, 'the lock does not hold it');
        return { ...entry, wheels, sdist };
    });
}
/**
 * A package with just the kind of files that its requirements files take.
 * @throws UserError where it is to be built and has no source
 */
function inFormat(entry, formats) {
    const format = entry.folder ? 'any' : formatOf(formats, entry.name);
    if (format === 'wheel')
        return { ...entry, sdist: undefined };
    if (format === 'any')
        return entry;
    if (entry.sdist)
        return { ...entry, wheels: [] };
    throw new errors/* UserError */.yo('wheels', `--no-binary asks for ${entry.name} ${entry.version} from source, and it has no sdist`, 'Take --no-binary of it away, or choose a version that has one.');
}
/** A requirements file may give a folder or an address alone. */
function isMeant({ source, files }, { folder, wheels, sdist }) {
    if (folder)
        return source?.kind === 'git' || source?.kind === 'directory';
    return [...wheels, ...(sdist ? [sdist] : [])].some(({ sha256 }) => files.has(sha256));
}
function withoutSum(lock, { name, version }) {
    // Poetry writes `files = []` where its cache is damaged, and keeps doing so.
    const first = lock.refresh === 'poetry lock' ? 'run "poetry cache clear --all pypi", ' : '';
    return new errors/* UserError */.yo('lock', `${lock.file} has no sha256 of ${[name, version].filter(Boolean).join(' ')}, so that its file cannot be checked`, `It is not installed: ${first}${refresh(lock)}`);
}
function changed(lock, { file, sha256 }, why) {
    return new errors/* UserError */.yo('lock', `${file} has sha256 ${sha256.slice(0, 16)}… on the index; ${why}`, `It is not installed. If the file was replaced on purpose: ${refresh(lock)}`);
}
function refresh(lock) {
    return `run "${lock.refresh}" and commit ${lock.file}.`;
}

;// CONCATENATED MODULE: ./lib/project/locks/disagreement.js





const SHOWN = 3;
/**
 * What a project requires directly and its lock does not give: the lock is older than the requirements.
 * @param requirements PEP 508 lines; those whose marker does not hold do not count
 * @returns an error to throw or to show, with the command that makes the lock again; undefined where they agree
 * @throws UserError where a line is no requirement
 */
function disagreement(lock, requirements, environment, selection) {
    const pins = new Map(lock.pins.map((pin) => [pin.name, pin]));
    const faults = requirements.flatMap((line) => {
        const { name, specifier, url, marker } = (0,requirements_requirement/* readRequirement */.M)(line);
        if (name === lock.project || lock.overridden.includes(name) || !holds(marker, environment, selection))
            return [];
        const pin = pins.get(name);
        if (!pin)
            return [`it does not hold ${name}`];
        if (url !== undefined && !pin.source)
            return [`it takes ${name} ${pin.version} from an index and not from the address that is required`];
        return rangeAccepts(specifier, pin.version) ? [] : [`it holds ${name} ${pin.version} and ${specifier} is required`];
    });
    if (faults.length === 0)
        return undefined;
    return new errors/* UserError */.yo('lock', `${lock.file} is out of date: ${(0,words/* listed */.KE)(faults, SHOWN, '; ')}`, `Run "${lock.refresh}" and commit the lock.`, {
        details: faults,
    });
}

;// CONCATENATED MODULE: ./lib/project/locks/hashed-requirements.js




const AGAIN = 'Make the file again with "pip-compile --generate-hashes" or "uv pip compile --generate-hashes".';
/** What a commit is named by tells its content, as a hash does. */
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
/**
 * Reads requirements files whose lines are pinned with `==` and carry `--hash`. As with pip it is all or nothing; unlike
 * pip, folders of the workspace and repositories at a commit are taken too, as `uv export` writes them.
 * @param file the file that is installed
 * @param texts texts of it and of what it includes with `-r` and `-c`, by path
 * @param project normalised name; `-e .` stands for it and is no pin
 * @returns the lock, and notices about options that are not followed
 * @throws UserError naming file and line for a package without a pin or a sha256, an unknown option, a file that is not there
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
function readRequirementsLock(file, texts, project, environment) {
    const { lines, notices } = readLines(file, { texts, strict: true });
    const nothing = { extras: [], groups: [] };
    const reading = { file, project: { name: project, pyproject: undefined }, selection: nothing, environment };
    const read = lines.map((line) => ({ line, pin: hashed_requirements_readLine(line, (name, marker) => applies(reading, name, marker)) }));
    const constraints = new Map(read.flatMap(({ line, pin }) => (line.constraint && pin ? [[pin.name, pin]] : [])));
    const pins = read
        .filter(({ line }) => !line.constraint)
        .flatMap(({ line, pin }) => (pin ? [checked(line, constrained(pin, constraints.get(pin.name)))] : []))
        .filter(({ source }) => source?.kind !== 'directory' || source.path !== '.');
    const lock = {
        file,
        project,
        pins: inOrder(file, project, pins),
        extras: undefined,
        groups: undefined,
        overridden: [],
        refresh: hashed_requirements_refreshOf(file, texts.get(file) ?? ''),
    };
    return { lock, notices };
}
/** A constraint gives the version and sums that the requirement leaves open. */
function constrained(pin, constraint) {
    if (!constraint || pin.source || (pin.version && pin.version !== constraint.version))
        return pin;
    return { ...constraint, files: new Map([...pin.files, ...constraint.files]) };
}
function checked({ file, line, text }, pin) {
    const { source } = pin;
    const place = { file, line };
    if (!source && !pin.version)
        throw new errors/* UserError */.yo('lock', `${file}:${line}: ${pin.name} is not pinned with ==`, AGAIN, { place });
    const name = pin.name || text;
    if (source?.kind === 'git' && !COMMIT.test(source.revision)) {
        const next = 'Name the commit (…@<40 digits>), or the address of its archive with a --hash; pip takes the latter alone.';
        throw new errors/* UserError */.yo('lock', `${file}:${line}: ${name} has no --hash, and its repository is not pinned to a commit`, next, { place });
    }
    if (pin.files.size > 0 || source?.kind === 'git' || source?.kind === 'directory')
        return pin;
    throw new errors/* UserError */.yo('lock', `${file}:${line}: ${name} has no --hash, which every line must have where one has it`, AGAIN, { place });
}
/** @returns undefined for a line whose marker does not hold */
function hashed_requirements_readLine(line, holds) {
    const { file, text, editable, hashes } = line;
    const { name, specifier, marker, place, source } = readRequired(text, editable);
    if (!holds(name || text, marker))
        return undefined;
    // The fragment of an address vouches for its file too.
    const sum = /[#&](sha256=[0-9a-f]{64})(?:&|$)/i.exec(place ?? '')?.[1];
    const all = sum === undefined ? hashes : [...hashes, sum];
    const files = readHashes(file, name || text, all.map((hash) => ({ hash, file: '' })));
    const version = /^===?([^,*]+)$/.exec(specifier)?.[1] ?? '';
    return { name, version, files, ...(source === undefined ? {} : { source }) };
}
function hashed_requirements_refreshOf(file, text) {
    const command = /^#\s+((?:uv|pip-compile|poetry|pdm|pipenv)\b[^\n]*)$/m.exec(text.slice(0, 1000))?.[1];
    return command?.trim() ?? `uv pip compile --generate-hashes -o ${file}`;
}

;// CONCATENATED MODULE: ./lib/run/lock/named-files.js





/**
 * Requirement lines in which files of the workspace that are named by their paths alone (`./vendor/x-1.whl[fast]`) are
 * named where resolving sees them. One whose marker does not hold is left out, as its file need not be there.
 */
async function named_files_withFiles(vendored, lines, where, environment) {
    const placeOf = (line) => (placeIn(line) === undefined ? undefined : vendoredIn(line));
    return await rewritten(lines, environment, placeOf, async (place, { extras, marker }) => {
        const { url } = await vendored.take({ ...where, place });
        return `${url}${extras.length > 0 ? `[${extras.join(',')}]` : ''}${marker ? ` ; ${marker}` : ''}`;
    });
}
/** The same of constraints, which must have a name. */
async function withFilesOfConstraints(vendored, lines, where, environment) {
    return await rewritten(lines, environment, vendoredIn, async (place, { name }) => {
        const { url } = await vendored.take({ ...where, place });
        return name ? `${name} @ ${url}` : url;
    });
}
async function rewritten(lines, environment, placeOf, write) {
    const all = lines.map(async (line) => {
        const place = placeOf(line);
        if (place === undefined)
            return [line];
        const required = readRequired(line, false);
        return holds(required.marker, environment, { extras: [], groups: [] }) ? [await write(place, required)] : [];
    });
    return (await Promise.all(all)).flat();
}
/**
 * A lock whose files of the workspace are named where resolving sees them. A file for which the lock has no sha256
 * (Pipenv writes none, uv none of a folder of files) is vouched for by the commit that it lies in.
 * @throws UserError for a file that is another than the lock's
 */
async function withPinnedFiles(vendored, lock, where) {
    const pins = lock.pins.map(async (pin) => {
        if (pin.folder !== undefined) {
            const { files } = await vendored.takeFolder({ ...where, place: pin.folder });
            return pin.files.size > 0 ? pin : { ...pin, files: new Map(files.map(({ sha256, file }) => [sha256, file])) };
        }
        const place = vendoredAt(pin.source);
        if (place === undefined)
            return pin;
        const { file, sha256, url } = await vendored.take({ ...where, place });
        if (pin.files.size > 0 && !pin.files.has(sha256))
            throw named_files_changed(lock, place, sha256);
        return { ...pin, files: new Map([[sha256, file]]), source: { kind: 'archive', url } };
    });
    return { ...lock, pins: await Promise.all(pins) };
}
function named_files_changed({ file, refresh }, place, sha256) {
    return new errors/* UserError */.yo('lock', `${place} has sha256 ${sha256.slice(0, 16)}…; ${file} does not hold it`, `It is not installed. If the file was replaced on purpose: run "${refresh}" and commit ${file}.`);
}
/** Lays out the folders that `--find-links` names. A path is looked for beside the file that names it first, as pip does. */
async function takeLinks(world, vendored, links, where) {
    for (const { at, place, beside } of links) {
        const near = external_node_path_.join(where.base, beside);
        const base = (await world.files.exists(external_node_path_.resolve(near, place))) ? near : where.base;
        await vendored.takeFolder({ ...where, base, place, by: at });
    }
}

;// CONCATENATED MODULE: ./lib/run/lock/vendored-files.js





/** In the context of the stage `lock`. */
const FOLDER = 'local-files';
/** A pointer of Git LFS has less than 1,024 bytes. @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const POINTER = 1024;
/** Wheels and sdists of the workspace: laid out where resolving sees them, and known by their sha256 from then on. */
class VendoredFiles {
    world;
    places = new Map();
    named = new Set();
    folders = new Map();
    constructor(world) {
        this.world = world;
    }
    /** Forgets what another resolution has laid out. */
    static async open(world) {
        const opened = new VendoredFiles(world);
        await world.files.remove(opened.root);
        await world.files.makeFolder(opened.root);
        return opened;
    }
    /** Their sha256, in order. */
    get sums() {
        return [...this.places.keys()].sort();
    }
    /** Where they lie, absolute. */
    get paths() {
        return this.named;
    }
    /** @throws UserError for a file that is not there, lies outside, or is no wheel and no sdist */
    async take(named) {
        const at = await this.within(named);
        if ((await this.world.files.status(at))?.folder !== false)
            throw await this.missing(named);
        return this.layOut(named, external_node_path_.basename(external_node_path_.resolve(named.base, named.place)), at);
    }
    /**
     * The wheels and sdists of a folder, as `--find-links` has it.
     * @throws UserError where there is no such folder
     */
    takeFolder(named) {
        const folder = external_node_path_.resolve(named.base, named.place);
        const known = this.folders.get(folder) ?? this.layOutFolder(named, `links-${this.folders.size}`);
        this.folders.set(folder, known);
        return known;
    }
    /** Words of uv's command line for the folders. */
    async options() {
        const folders = await Promise.all(this.folders.values());
        return folders.flatMap(({ at }) => ['--find-links', at]);
    }
    /** A package of the lock whose files of the workspace are known by where they lie. */
    located(entry) {
        const here = (file) => {
            if (!file.url.startsWith('file:'))
                return file;
            const at = this.places.get(file.sha256);
            if (at !== undefined)
                return { ...file, at };
            throw new errors/* UserError */.yo('wheels', `${file.file} in the lock is no file that the project names`, 'Run again, without what the cache holds.');
        };
        return { ...entry, wheels: entry.wheels.map(here), sdist: entry.sdist && here(entry.sdist) };
    }
    async layOutFolder(named, below) {
        const { files } = this.world;
        const folder = await this.within(named);
        if (!(await files.status(folder))?.folder)
            throw fault(named, 'a folder that is not there', 'Fix its path, or take it out.');
        await files.makeFolder(external_node_path_.join(this.root, below));
        const found = [];
        for (const file of await files.list(folder)) {
            const inside = { ...named, place: external_node_path_.join(folder, file) };
            if ((0,grammar/* fits */.lA)(grammar/* archiveName */.uv, file))
                found.push(await this.layOut(inside, file, await this.within(inside), below));
        }
        return { at: `${FILES_AT}/${below}`, files: found };
    }
    get root() {
        return external_node_path_.join(this.world.paths.leanContext, FOLDER);
    }
    /** Where it really is. */
    async within({ place, base, top, by }) {
        const at = external_node_path_.resolve(base, place);
        const inside = external_node_path_.relative(top, at);
        if (inside === '..' || inside.startsWith(`..${external_node_path_.sep}`)) {
            throw fault({ place, by }, 'which lies outside the workspace', 'Check out what it needs below the workspace, and name it there.');
        }
        await this.world.files.checkInside(top, at);
        return (await this.world.files.real(at)) ?? at;
    }
    async layOut(named, file, at, below) {
        const { files } = this.world;
        if (!(0,grammar/* fits */.lA)(grammar/* archiveName */.uv, file))
            throw fault(named, 'which is no wheel and no sdist by its name', 'Name it as its tool has made it.');
        if (await this.isPointer(at))
            throw fault(named, 'which is a pointer of Git LFS', 'Let actions/checkout fetch it (lfs: true).');
        const sha256 = await files.sha256(at);
        const name = `${below ?? sha256.slice(0, 16)}/${file}`;
        const to = external_node_path_.join(this.root, name);
        await files.link(at, to);
        this.places.set(sha256, to);
        this.named.add(external_node_path_.resolve(named.base, named.place));
        return { file, sha256, url: `file://${FILES_AT}/${name}` };
    }
    async isPointer(at) {
        return ((await this.world.files.readKept(at, POINTER)) ?? '').startsWith('version https://git-lfs');
    }
    async missing(named) {
        const folder = external_node_path_.dirname(external_node_path_.resolve(named.base, named.place));
        const others = (await this.world.files.list(folder)).filter(isArchive).slice(0, 3);
        const there = others.length > 0 ? ` (its folder has ${others.join(', ')})` : '';
        return fault(named, `which is not there${there}`, 'Fix its path, or commit the file.');
    }
}
function fault({ place, by }, why, next) {
    return new errors/* UserError */.yo('lock', `${by} names ${place}, ${why}`, next);
}

;// CONCATENATED MODULE: ./lib/run/lock/given-lock.js









/** The lock of the user that counts, compared with what is required. */
async function givenLock(world, request) {
    const { dependencies, plan } = request;
    const chosen = await userLock(world, request);
    const given = chosen ?? offeredLock(world, request); // which was compared before it was taken
    const vendored = await VendoredFiles.open(world);
    const where = { base: world.paths.project, top: world.context.workspace, by: given?.file ?? dependencies.from };
    const theirs = given && (await withPinnedFiles(vendored, given, { ...where, base: baseOf(world, given, request) }));
    if (theirs) {
        const why = dependencies.byFiles ? undefined : plan.project.lock?.why;
        if (why)
            world.log.info(`  ${theirs.file} is the lock, ${why} (the input requirements names files instead)`);
        const added = addedTo(dependencies).join(', ');
        const more = added ? `beside them ${added} is resolved` : 'nothing is resolved again';
        world.log.info(`  ${theirs.file} names ${theirs.pins.length} packages; ${more}`);
        const stale = chosen && staleness(chosen, request);
        if (stale)
            throw stale;
    }
    return { theirs, vendored, where };
}
async function userLock(world, { plan, extras, groups, dependencies, target }) {
    const { project } = plan;
    const lock = dependencies.byFiles ? project.requirementsLock : project.lock;
    if (!lock)
        return undefined;
    if (dependencies.byFiles) {
        return readRequirementsLock(lock.file, new Map(Object.entries(lock.texts)), project.name, target.markers).lock;
    }
    const pyproject = await pyprojectOf(world, world.paths.project);
    return readUserLock(lock.file, lock.texts[lock.file] ?? '', { name: project.name, pyproject }, { extras, groups }, target.markers);
}
/**
 * Files with hashes beside the metadata, as pip-tools makes them of it. They may be of other requirements, or
 * older than those, and nobody named them: then they are no lock, and a notice says why.
 */
function offeredLock(world, request) {
    const { dependencies, plan, target } = request;
    const { offered } = dependencies;
    if (!offered)
        return undefined;
    const { definedBy, name } = plan.project;
    try {
        const { lock, notices } = readRequirementsLock(offered.file, new Map(Object.entries(offered.texts)), name, target.markers);
        const stale = staleness(lock, request);
        if (stale)
            throw stale;
        world.log.info(`  ${offered.file} is the lock, as it has hashes and holds what ${definedBy} requires`);
        for (const notice of notices)
            world.log.info(`  ${notice}`);
        return lock;
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        world.log.notice(`${offered.file} has hashes and is not followed, as ${definedBy} says what is required (the input requirements would choose the file): ${error.message}.`);
        return undefined;
    }
}
/** Of files that say what is required there is nothing to compare but what extras and groups add. */
function staleness(lock, { dependencies, plan, target, extras, groups }) {
    const own = dependencies.byFiles ? (plan.project.requirements?.lines ?? []) : [];
    const named = new Set(lock.pins.map(({ name }) => name));
    // Beside a folder or an address without a name, what the metadata requires may be that.
    const mayBe = (line) => dependencies.byFiles && named.has('') && !named.has((0,requirements_requirement/* readRequirement */.M)(line).name);
    const lines = dependencies.lines.filter((line) => !own.includes(line) && !mayBe(line));
    return disagreement(lock, lines, target.markers, { extras, groups });
}
/** Paths of locks are relative to their folder, those of requirements files to where pip runs. */
function baseOf(world, { file }, { plan }) {
    const base = world.paths.project;
    return file === plan.project.lock?.file ? external_node_path_.dirname(external_node_path_.join(base, file)) : base;
}
/** Requirement lines of the input `packages`. */
function addedTo({ added = [] }) {
    return added;
}

;// CONCATENATED MODULE: ./lib/run/lock/locate-package.js




async function locate(world, { name, source, base, within }) {
    if (source.kind === 'git') {
        const to = external_node_path_.join(world.paths.temp, 'git', name || external_node_path_.basename(source.url, '.git'));
        if (/^file:/i.test(source.url) && (within || world.context.foreignHead))
            throw notFromHere(name, source.url, within);
        const revision = await world.git.fetch(source.url, source.revision, to);
        const from = `git+${source.url}@${revision.slice(0, 12)}`;
        const folder = external_node_path_.join(to, source.subdirectory ?? '');
        await world.files.checkInside(to, folder);
        const kept = await world.git.keptByLfs(folder);
        if (kept.length > 0)
            world.log.warning(pointers(name, kept));
        return { folder, from, within: { top: to, from, revision: source.revision } };
    }
    const top = within?.top ?? world.context.workspace;
    const folder = source.kind === 'directory' ? external_node_path_.resolve(base, source.path) : await memberFolder({ files: world.files, top }, base, name);
    const inside = external_node_path_.relative(top, folder) || '.';
    if (inside === '..' || inside.startsWith(`..${external_node_path_.sep}`)) {
        throw new errors/* UserError */.yo('project', `${name || 'a package'} is required from ${source.kind === 'directory' ? source.path : folder}, outside ${within?.from ?? 'the workspace'}`, 'Check out what it needs below the workspace.');
    }
    const from = within ? `${within.from}#subdirectory=${inside}` : inside;
    await world.files.checkInside(top, folder);
    if (await world.files.exists(folder))
        return { folder, from, ...(within && { within }) };
    throw new errors/* UserError */.yo('project', `${name || from} is required from ${from}, which is not there`, 'Fix the path, or check it out (submodules: true?).');
}
/** Who may name a repository of this machine: the project itself, where its author is not a stranger. */
function notFromHere(name, url, within) {
    const by = within ? `by ${within.from}` : 'in a pull request of a fork';
    return new errors/* UserError */.yo('project', `${name} is required ${by} from ${url}, a repository of this machine`, 'Name an https address.');
}
function pointers(name, kept) {
    return `${name} gets pointers in the place of ${(0,words/* listed */.KE)(kept, 1)}: Git LFS is not followed in repositories that are required. Require a wheel or sdist of it, or check it out below the workspace.`;
}

;// CONCATENATED MODULE: ./lib/project/tools/dependency-sources.js








/** The names that a project says a source of, normalised: by [tool.uv.sources], else by Poetry's tables. */
function sourcedNames(member) {
    const uv = Object.keys(uvOf(member).sources);
    return new Set([
        ...uv,
        ...poetryEntries(poetryOf(member))
            .filter(({ entry }) => hasSource(entry))
            .map(({ name }) => name),
    ].map(project_names/* normalizeName */.P));
}
/**
 * The sources that count for a project here, by normalised name. Poetry's tables tell them even where [project] names
 * what is required: they enrich it (Poetry 2).
 * @returns a function that gives one, so that only a source that is wanted can be an error
 * @throws UserError (of that function) where it cannot be followed: an index must not answer in its place
 * @see https://python-poetry.org/docs/dependency-specification/#projectdependencies-and-toolpoetrydependencies
 */
function sourcesOf(member, choice) {
    const uv = uvSources(member, choice);
    const entries = poetryEntries(poetryOf(member)).filter(({ group }) => group === undefined || choice.chosen.groups.includes(group));
    return (name) => {
        const found = uv(name);
        if (found)
            return found;
        const written = entries.find((one) => one.name === name && hasSource(one.entry) && holds(conditionOf(one.entry), choice.environment, choice.chosen));
        return written && readPoetry(name, written.entry, member.folder);
    };
}
function poetryOf({ pyproject }) {
    return (0,project_toml/* tableAt */.af)(pyproject, 'tool', 'poetry');
}
function hasSource(entry) {
    return ['path', 'file', 'git', 'url', 'source'].some((key) => key in entry);
}
function readPoetry(name, entry, base) {
    const [git, url, index] = ['git', 'url', 'source'].map((key) => (0,project_toml/* textAt */.$6)(entry, key));
    const subdirectory = (0,project_toml/* textAt */.$6)(entry, 'subdirectory');
    if (git) {
        const revision = (0,project_toml/* textAt */.$6)(entry, 'rev') ?? (0,project_toml/* textAt */.$6)(entry, 'tag') ?? (0,project_toml/* textAt */.$6)(entry, 'branch') ?? '';
        const address = /^[\w.-]+@[^/]+:/.test(git) ? `ssh://${git.replace(':', '/')}` : git;
        return { kind: 'local', source: { ...readGit(address), revision, ...(subdirectory ? { subdirectory } : {}) }, base };
    }
    if (url)
        return { kind: 'address', url: subdirectory ? `${url}#subdirectory=${subdirectory}` : url };
    if (index)
        return { kind: 'index', index };
    const place = (0,project_toml/* textAt */.$6)(entry, 'path') ?? (0,project_toml/* textAt */.$6)(entry, 'file');
    if (place === undefined)
        throw dependency_sources_unreadable(name, entry);
    if (isArchive(place))
        return { kind: 'file', path: readPath(place), base };
    return { kind: 'local', source: { kind: 'directory', path: readPath(subdirectory ? `${place}/${subdirectory}` : place) }, base };
}
function dependency_sources_unreadable(name, entry) {
    return new errors/* UserError */.yo('project', `[tool.poetry.dependencies] says of ${name} { ${Object.keys(entry).join(', ')} }, which is not understood`, 'Fix it: a name with dots stands in quotes, and a source is a path, a repository, an address or the name of one.');
}

;// CONCATENATED MODULE: ./lib/run/lock/wanted-packages.js






/**
 * What requirement lines want that an index alone cannot tell.
 * @param member whose pyproject.toml, and that of its workspace's root, names the sources
 * @param at where the member lies
 * @throws UserError for a source that cannot be followed of something that is required here
 */
function wantedBy(lines, member, choice, { within, top, from }) {
    const sourced = sourcedNames(member);
    const sourceOf = sourcesOf(member, choice);
    const locals = [];
    const addresses = new Map();
    const files = new Map();
    const indexed = [];
    for (const line of lines) {
        const common = { ...(within && { within }) };
        const name = (0,project_names/* normalizeName */.P)(/^\s*([A-Za-z0-9][\w.-]*)/.exec(line)?.[1] ?? '');
        const direct = directSource(line);
        const file = placeIn(line) === undefined ? vendoredIn(line) : undefined;
        if (!name || (!direct && !file && !sourced.has(name)))
            continue;
        const { marker, extras } = (0,requirements_requirement/* readRequirement */.M)(line);
        if (!holds(marker, choice.environment, choice.chosen))
            continue;
        const found = sourced.has(name) ? sourceOf(name) : undefined; // before what a backend has made of its path
        if (!found && direct)
            locals.push({ name, source: direct.source, ...common, base: direct.ofTop ? top : member.folder, extras });
        if (found?.kind === 'local')
            locals.push({ name, source: found.source, base: found.base, extras, ...common });
        else if (found?.kind === 'file')
            files.set(name, { place: found.path, base: found.base, top, by: from });
        else if (found?.kind === 'address')
            addresses.set(name, found.url);
        else if (found)
            indexed.push({ line, name, index: found.index });
        else if (file) {
            const { place, ofTop } = placeOf(file);
            files.set(name, { place, base: ofTop ? top : member.folder, top, by: from });
        }
    }
    return { locals, addresses, files, indexed };
}

;// CONCATENATED MODULE: ./lib/run/lock/local-packages.js








/**
 * Lays out every wanted package, and those that they want in turn, below the contexts: whole for its build, and
 * as little as possible for resolving, so that a change of its code does not resolve again.
 * @param following undefined where a lock names all there is
 * @throws UserError where a folder is not there or lies outside the workspace, and where git cannot fetch
 */
async function layOutLocals(world, wanted, following, vendored) {
    const { wheelsContext, leanContext } = world.paths;
    for (const folder of [external_node_path_.join(wheelsContext, lay_out_package_FOLDERS), external_node_path_.join(wheelsContext, ABOVE), external_node_path_.join(leanContext, lay_out_package_METADATA)]) {
        await world.files.remove(folder);
        await world.files.makeFolder(folder);
    }
    const layout = new Layout(world, following, vendored);
    await layout.follow(wanted);
    return layout.result();
}
/** The packages that are laid out so far, and what they want in turn. */
class Layout {
    world;
    following;
    vendored;
    found = new Map();
    addresses = new Map();
    lines = [];
    /** By folder, what is required of it. */
    extras = new Map();
    places = new Map();
    nameless = [];
    wantsProject = false;
    constructor(world, following, vendored) {
        this.world = world;
        this.following = following;
        this.vendored = vendored;
    }
    async follow(wanted) {
        await this.take(wanted);
        const queue = [...wanted.locals];
        for (let next = queue.shift(); next; next = queue.shift())
            queue.push(...(await this.add(next)));
    }
    result() {
        for (const { folder, extras } of this.nameless) {
            const local = this.at(folder);
            if (local && extras.length > 0)
                this.lines.push(`${local.name}[${extras.join(',')}]`);
        }
        return { packages: this.found, addresses: this.addresses, lines: [...new Set(this.lines)], wantsProject: this.wantsProject };
    }
    /** What comes from an address or a file is taken as it is. */
    async take({ addresses, files }) {
        for (const [name, url] of addresses)
            if (!this.addresses.has(name))
                this.addresses.set(name, url);
        for (const [name, place] of files)
            if (!this.addresses.has(name))
                this.addresses.set(name, (await this.vendored.take(place)).url);
    }
    at(folder) {
        return [...this.found.values()].find((one) => one.folder === folder);
    }
    /** Lays out one package. @returns those that it wants in turn */
    async add(wanted) {
        const { world } = this;
        const place = this.places.get(wanted.name) ?? (await locate(world, wanted)); // the first place that is named counts
        const { folder, from, within } = place;
        if (folder === world.paths.project) {
            this.wantsProject = true;
            return [];
        }
        const known = this.extras.get(folder);
        const asked = [...new Set([...(known ?? []), ...(wanted.extras ?? [])])];
        if (known?.length === asked.length)
            return [];
        this.extras.set(folder, asked);
        if (!wanted.name)
            this.nameless.push({ folder, extras: wanted.extras ?? [] });
        const same = this.at(folder);
        const root = within?.top ?? world.context.workspace;
        const checkout = { folder, ...(within && { fetched: { revision: within.revision } }) };
        const local = same ?? (await layOut(world, checkout, { from, root, name: wanted.name }));
        if (wanted.name && wanted.name !== local.name)
            throw local_packages_otherName(wanted.name, from, local.name);
        if (!same && this.found.has(local.name))
            return [];
        this.found.set(local.name, local);
        this.places.set(local.name, place);
        return this.wantsOf(local, place, { asked, isNew: !same });
    }
    async wantsOf(local, { folder, from, within }, { asked, isNew }) {
        const { world, following } = this;
        const top = within?.top ?? world.context.workspace;
        const member = await readMember({ files: world.files, top }, folder);
        const builds = unfollowedForBuilds(member, local.project.buildRequires);
        if (builds && isNew)
            throw builds;
        if (!following)
            return [];
        const choice = { environment: following.environment, chosen: { extras: asked, groups: [] } };
        const wants = wantedBy(requirementsFor(local.project.metadata, asked), member, choice, { top, from, ...(within && { within }) });
        await this.take(wants);
        for (const { line, name, index } of wants.indexed) {
            if (following.pins.packages[name]?.some((pin) => pin.index === index))
                this.lines.push(line);
            else
                throw unpinned(local.name, name, index);
        }
        const unknown = local.asked?.sources.filter((name) => !this.found.has(name) && !this.addresses.has(name)) ?? [];
        if (isNew && unknown.length > 0)
            world.log.warning(unasked(local.name, unknown));
        return wants.locals;
    }
}
function local_packages_otherName(name, from, held) {
    return new errors/* UserError */.yo('project', `${name} is required from ${from}, which holds ${held}`, 'Fix the name or the path of that requirement.');
}
/** Of the packages beside the project a source with an index counts where the project pins that package too. */
function unpinned(by, name, index) {
    return new errors/* UserError */.yo('project', `${by} takes ${name} from the index ${index} alone, and the project does not pin it: another index must not answer in its place`, `Name ${name} with that index in the project's own [tool.uv.sources] too, or commit a lock.`);
}
function unasked(name, sources) {
    return `What ${name} requires is known to its build backend alone, so its [tool.uv.sources] are not followed (${sources.join(', ')}). State its dependencies in [project].`;
}

;// CONCATENATED MODULE: ./lib/run/lock/ensure-lock.js





















/**
 * The kept lock where it answers the same question, else a new one. Where the user has a lock, nothing is
 * resolved again: its pins alone are asked for, and every file must be one that it vouches for.
 * @throws UserError where the user's lock disagrees with the metadata, or a file with the lock
 */
async function ensureLock(world, setup, request) {
    const { dependencies, target } = request;
    const given = await givenLock(world, request);
    const { theirs, vendored } = given;
    const question = await questionOf(world, request, given);
    const { lines, locals, formats } = question;
    const parts = ensure_lock_partsOf(setup, question, given);
    const vouchedFor = (all) => {
        const found = all.map((entry) => inFormat(vendored.located(entry), formats));
        return theirs ? onlyVouchedFor(theirs, found, target, addedTo(dependencies).length > 0) : found;
    };
    const before = await world.records.get('lock');
    const kept = await keptLock(world, before, parts, vouchedFor);
    if (kept !== undefined)
        world.log.info(`  pylock.toml: ${theirs ? `${theirs.file} is` : 'the requirements are'} unchanged`);
    else {
        const changed = before ? changedParts(before.parts, parts) : [];
        const why = changed.length > 0 ? `changed: ${changed.join(', ')}` : 'no lock is kept';
        const what = theirs
            ? `choosing the files of ${lines.length} packages`
            : `resolving ${lines.length} requirements of ${dependencies.from}`;
        world.log.info(`  ${what} (${why})`);
    }
    const text = kept?.text ?? (lines.length > 0 ? await resolve(world, setup, { ...question, ...askedOf(locals) }) : 'lock-version = "1.0"\n');
    const packages = kept?.packages ?? vouchedFor(readLock(SHELF.lock, text));
    const old = kept?.packages ?? (await packagesBefore(world, before));
    if (kept === undefined)
        await world.files.write(inWheelhouse(world, SHELF.lock), text);
    if (text.includes(UNBOUNDED))
        world.log.notice('the index tells no upload times, so exclude-newer is off');
    const lock = { parts, sha256: sha256(text) };
    world.records.set('lock', lock);
    return { packages, before: old, sha256: lock.sha256, locals, files: vendored.paths, theirs };
}
/** Lays out what is required by its place, and says all else in uv's words. */
async function questionOf(world, request, { theirs, vendored, where }) {
    const { plan, dependencies, target } = request;
    const member = await readMember({ files: world.files, top: world.context.workspace }, world.paths.project);
    const following = theirs ? undefined : { environment: target.markers, pins: plan.settings.pins ?? NO_PINS };
    const laidOut = await layOutLocals(world, wantedLocals(world, request, theirs, member), following, vendored);
    const locals = laidOut.packages;
    for (const { name, from } of locals.values())
        world.log.info(`  ${name} comes from ${from}`);
    for (const [name, url] of laidOut.addresses)
        if (!url.startsWith('file:'))
            world.log.info(`  ${name} comes from ${(0,text_addresses/* withoutLogin */.Gq)(url)}`);
    const places = new Map([
        ...laidOut.addresses,
        ...[...locals.values()].map(({ name, resolvedAt }) => [name, encodeURI(`file://${resolvedAt}`)]),
    ]);
    const added = addedTo(dependencies);
    const asIs = theirs ? [] : await named_files_withFiles(vendored, [...dependencies.lines, ...added], where, target.markers);
    const wanted = theirs ? [...theirs.pins.flatMap(pinLine), ...added] : [...asIs, ...laidOut.lines];
    const addresses = wanted.filter((line) => /^[a-z+]+:\/\//.test(line)); // without a name: no source's
    const named = wanted.filter((line) => !addresses.includes(line));
    const lines = [...new Set([...withSources(named, places), ...addresses])].sort();
    const settings = theirs ? NO_SETTINGS : readUvSettings(uvOf(member).settings);
    ensure_lock_tellUnfollowed(settings.ignored, plan, world);
    const files = dependencies.byFiles ? plan.project.requirements : undefined;
    await takeLinks(world, vendored, files?.links ?? [], where);
    const uvLinks = settings.links.map((place) => ({ at: '[tool.uv] find-links', place, beside: '.' }));
    await takeLinks(world, vendored, uvLinks, { ...where, base: member.root?.folder ?? member.folder });
    const formats = files?.formats ?? ANY_FORMAT;
    const options = [
        ...(theirs ? [] : [...settings.options, ...(files?.prereleases ? ['--prerelease', 'allow'] : [])]),
        ...optionsOf(formats),
        ...(await vendored.options()),
        ...(settings.withoutIndex || (files && isAlone(files, plan)) ? ['--no-index'] : []),
    ];
    const constraints = [
        ...(await withFilesOfConstraints(vendored, dependencies.constraints, where, target.markers)),
        ...settings.constraints,
    ];
    // What requires the project gets this one, which is no part of its own resolution.
    const overrides = [
        ...settings.overrides.flatMap((line) => withSources([line], placesOf(line, places))),
        ...(laidOut.wantsProject ? [`${plan.project.name} ; python_version < '3'`] : []),
    ];
    return { lines, constraints, overrides, options, pinned: theirs !== undefined && added.length === 0, locals, formats };
}
/** What resolving must know of folders whose build backends are asked. */
function askedOf(locals) {
    const asked = [...locals.values()].flatMap((local) => local.asked ?? []);
    const sourceless = [...new Set(asked.flatMap(({ sources }) => sources))].sort();
    return { sourceless, environment: Object.assign({}, ...asked.map(({ env }) => env)) };
}
/** What a lock is made from. */
function ensure_lock_partsOf(setup, { lines, constraints, overrides, options, locals }, { theirs, vendored }) {
    return {
        ...resolutionParts(setup),
        requirements: lines.join('\n'),
        ...(constraints.length > 0 && { constraints: constraints.join('\n') }),
        ...(overrides.length > 0 && { overrides: overrides.join('\n') }),
        ...(options.length > 0 && { settings: options.join(' ') }),
        ...(locals.size > 0 && {
            local: fingerprint(Object.fromEntries([...locals.values()].map(({ name, project }) => [name, project.definition]))),
        }),
        ...(vendored.sums.length > 0 && { files: vendored.sums.join(' ') }),
        ...(theirs && { lock: theirs.file }),
    };
}
/** A line that the resolution adds to a lock of versions of any age; the script of its stage has the same. */
const UNBOUNDED = '\n# exclude-newer is off: the index tells no upload times\n';
/** More than any lock takes: one of 500 packages has 5 MB. */
const ensure_lock_MOST_BYTES = 64_000_000;
/** What the lock that is kept names, as far as it is the recorded one. */
async function packagesBefore(world, before) {
    const text = await world.files.readKept(inWheelhouse(world, SHELF.lock), ensure_lock_MOST_BYTES);
    if (!before || text === undefined || sha256(text) !== before.sha256)
        return undefined;
    try {
        return readLock(SHELF.lock, text);
    }
    catch {
        return undefined;
    }
}
/** One that cannot be read, or names what the user's lock does not vouch for, is none: it may come from a cache. */
async function keptLock(world, before, parts, vouchedFor) {
    const kept = await world.files.readKept(inWheelhouse(world, SHELF.lock), ensure_lock_MOST_BYTES);
    const same = before && kept !== undefined && sha256(kept) === before.sha256 && JSON.stringify(before.parts) === JSON.stringify(parts);
    if (!same)
        return undefined;
    try {
        return { text: kept, packages: vouchedFor(readLock(SHELF.lock, kept)) };
    }
    catch {
        return undefined;
    }
}
/** The same in uv's words: versions are looked for among the files that may be taken. */
function optionsOf({ noBinary, onlyBinary }) {
    const words = (option, names) => names.filter((name) => name === ':all:' || (0,grammar/* fits */.lA)(grammar/* normalizedName */.j8, name)).flatMap((name) => [option, name]);
    return [...words('--no-binary', noBinary.includes(':all:') ? [':all:'] : noBinary), ...words('--only-binary', onlyBinary)];
}
function placesOf(line, places) {
    const { name } = (0,requirements_requirement/* readRequirement */.M)(line);
    return new Map([...places].filter(([placed]) => placed === name));
}
/** @throws UserError where an index would answer in the place of the files that the project names */
function ensure_lock_tellUnfollowed(ignored, { settings }, { log }) {
    const places = ignored.filter((key) => key === 'find-links' || key === 'no-index');
    if (places.length > 0 && !settings.indexUrl && settings.extraIndexUrls.length === 0) {
        throw new errors/* UserError */.yo('lock', `[tool.uv] ${places.join(' and ')} of pyproject.toml says where packages come from and is not followed without a lock; an index must not answer in its place`, 'Commit a uv.lock, or set extra-index-urls to the indexes that are meant.');
    }
    if (ignored.length === 0)
        return;
    log.warning(`pyproject.toml has settings of uv that are not followed without a lock: [tool.uv] ${ignored.join(', ')}. Commit a uv.lock, or use the inputs (exclude-newer, extra-index-urls).`);
}
/** `--no-index` beside folders of files: nothing else is asked. */
function isAlone({ withoutIndex, links }, { settings }) {
    return withoutIndex.length > 0 && links.length > 0 && !settings.indexUrl && settings.extraIndexUrls.length === 0;
}
function wantedLocals(world, request, theirs, member) {
    const { plan, dependencies, extras, groups, target } = request;
    const base = world.paths.project;
    if (theirs) {
        const lockFolder = baseOf(world, theirs, request);
        const locals = theirs.pins.flatMap(({ name, source }) => source && source.kind !== 'archive' ? [{ name, source, base: lockFolder }] : []);
        return { locals, addresses: new Map(), files: new Map(), indexed: [] };
    }
    const places = dependencies.byFiles ? (plan.project.requirements?.places ?? []) : [];
    const at = { top: world.context.workspace, from: dependencies.from };
    const wants = wantedBy([...dependencies.lines, ...addedTo(dependencies)], member, { environment: target.markers, chosen: { extras, groups } }, at);
    const here = places.filter(({ marker }) => holds(marker, target.markers, { extras, groups }));
    const required = here.map(({ source, extras: asked }) => ({ name: '', source, base, extras: asked }));
    return { ...wants, locals: [...required, ...wants.locals] };
}
/** Folders and repositories are named by where they are laid out. */
function pinLine({ name, version, source }) {
    if (source?.kind === 'archive')
        return [name ? `${name} @ ${source.url}` : source.url];
    return source ? [] : [`${name}==${version}`];
}

;// CONCATENATED MODULE: ./lib/run/wheels/build-wheels.js

















/** Fetches the sdists that must be built and reads, without running anything, what each needs. */
async function openSources(world, planned, locals) {
    const compile = planned.filter((wheel) => wheel.kind === 'compile');
    return Promise.all(compile.map(async (wheel) => {
        const local = locals.get(wheel.name);
        if (local)
            return openFolder(wheel, local);
        if (wheel.remote)
            return openSdist(world, wheel, wheel.remote);
        throw new Error(`${wheel.name} is a folder that nobody laid out`);
    }));
}
function openFolder(planned, { name, files, project, env, above }) {
    return {
        planned,
        at: localAt(name),
        folder: true,
        needsCompiler: project.compiled || needsCompiler(files),
        requires: project.buildRequires,
        env,
        above,
    };
}
async function openSdist(world, planned, remote) {
    const at = `sdists/${planned.name}/${remote.file}`;
    const archive = external_node_path_.join(world.paths.wheelsContext, at);
    await fetchAll(world, [remote], external_node_path_.dirname(archive));
    const members = await world.archives.list(archive);
    const root = members[0]?.split('/')[0] ?? '';
    const pyproject = await world.archives.readMember(archive, `${root}/pyproject.toml`);
    const build = (0,project_toml/* tableAt */.af)(pyproject === undefined ? {} : (0,project_toml/* readToml */.D7)(`${remote.file}/pyproject.toml`, pyproject), 'build-system');
    const requires = (0,project_toml/* textsAt */.i1)(build, 'requires') ?? LEGACY_BUILD;
    return { planned, at, folder: false, needsCompiler: needsCompiler(members), requires, env: {} };
}
/**
 * Builds each source in a stage of its own, side by side, without an index and without a network. One whose
 * backend asks for more is built again with that; one that fails on base is built again in the builder. What
 * succeeds is kept even when another fails: its fault is for the caller to throw.
 */
async function buildSources(world, workshop, sources) {
    const { setup, target } = workshop;
    const manifests = [];
    const done = [];
    let fault;
    for (let round = sources, attempt = 1; round.length > 0; attempt++) {
        const sets = round.map(({ requires }) => requires);
        const locks = await ensureBuildLocks(world, setup, target, sets);
        const made = workshop.madeFrom(locks);
        const named = sets.map((set) => locks.get(setName(set)) ?? '');
        await layOutRequires(world, world.paths.wheelsContext, named);
        const ends = await buildRound(world, workshop, round, made);
        const next = [];
        for (const [i, end] of ends.entries()) {
            const source = round[i];
            if (end.status === 'fulfilled' && 'file' in end.value) {
                manifests.push(end.value);
                done.push(source);
            }
            else if (end.status === 'fulfilled') {
                if (attempt === ATTEMPTS)
                    fault ??= asksOn(source.planned.name, end.value.requires);
                world.log.info(`  ${source.planned.name}: its build backend asks for ${end.value.requires.join(', ')} too`);
                next.push({ ...source, requires: [...new Set([...source.requires, ...end.value.requires])] });
            }
            else if (!source.needsCompiler && attempt < ATTEMPTS && forWantOfCompiler(end.reason)) {
                world.log.info(`  ${source.planned.name}: did not build without a compiler; once more with one`);
                next.push({ ...source, needsCompiler: true });
            }
            else
                fault ??= end.reason;
        }
        round = fault === undefined ? next : [];
    }
    return { manifests, sources: done, fault };
}
function forWantOfCompiler(error) {
    return isBuildFault(error) && wantsCompiler([error.reason, ...error.details]);
}
async function buildRound(world, { setup }, round, made) {
    for (const { planned, needsCompiler: compiles, folder } of round) {
        const what = [planned.name, planned.version].filter(Boolean).join(' ');
        world.log.info(`  ${what}: ${compiles ? 'compiling' : 'building'} its ${folder ? 'folder' : 'sdist'} (${planned.why})`);
    }
    const tools = await ensureUvImage(world, setup);
    const compiled = round
        .filter((source) => source.needsCompiler)
        .flatMap(({ planned, requires }) => [planned.name, ...namesIn(requires.join(' '))]);
    const builder = compiled.length > 0 ? await setup.builder(compiled) : undefined;
    const dockerfile = setup.dockerfile + renderWheelStages(round.map(({ planned, ...source }) => ({ ...source, name: planned.name })));
    const builds = Promise.allSettled(round.map(async ({ planned, requires, needsCompiler: compiles }) => {
        const stage = wheelStage(planned.name);
        const output = external_node_path_.join(world.paths.temp, stage);
        await world.files.remove(output);
        const place = { dockerfile, context: 'wheelsContext', base: setup.base, tools, ...(builder ? { builder } : {}) };
        const target = `${stage}-files`;
        const seconds = await buildTarget(world, setup.settings, { ...place, target, output, offline: true });
        const image = compiles ? 'BUILDER' : 'BASE';
        return keepCompiled(world, setup, { planned, output, workplace: { ...place, stage, image } }, {
            seconds,
            requires,
            made: made({ package: planned.name, sdist: planned.sha256, requires }),
        });
    }));
    // What is compiled mostly links libraries, whose packages are asked for next.
    const [ends] = await allDone([builds, compiled.length > 0 ? fetchDebianLists(world, setup) : Promise.resolve()]);
    return ends;
}
async function keepCompiled(world, setup, { planned, output, workplace }, how) {
    const { name } = planned;
    const read = await readBuiltWheel(world, { who: name, name, version: planned.version }, output);
    if ('requires' in read)
        return read;
    const { file, metadata } = read;
    const packages = await linkedPackages(world, setup, { ...workplace, who: name, file });
    const sha256 = await world.files.sha256(external_node_path_.join(output, file));
    const version = planned.version || metadata.version;
    const manifest = signedManifest(world.signer, { package: planned.name, version, file, sha256, packages, ...how });
    await world.files.remove(inWheelhouse(world, file));
    await world.files.link(external_node_path_.join(output, file), inWheelhouse(world, file));
    await world.files.write(inWheelhouse(world, SHELF.manifests, `${file}.json`), `${JSON.stringify(manifest, null, 1)}\n`);
    return manifest;
}

;// CONCATENATED MODULE: ./lib/run/wheels/wheel-fingerprint.js



/** What a wheel built today would be made from. */
function wheelFingerprints(setup, target, recipe) {
    return (locks) => (source) => ({
        sdist: source.sdist,
        recipe,
        distribution: target.distribution,
        machine: target.machine,
        glibc: target.glibc,
        soabi: target.soabi,
        buildPackages: setup.builderRecipe || packagesOf(setup, source),
        buildLock: locks.get(setName(source.requires)) ?? '',
    });
}
/** What the builder that we make holds for building a package. */
function packagesOf(setup, source) {
    const found = buildPackagesFor([source.package, ...namesIn(source.requires.join(' '))]);
    return [...new Set([...setup.buildPackages, ...found])].sort().join(' ');
}

;// CONCATENATED MODULE: ./lib/run/wheels/fill-shelf.js











/**
 * Every wheel that a shelf lacks: reused, fetched or built. What was built is kept even when another package fails.
 * @throws UserError for the first package that cannot be had
 */
async function gatherWheels(world, setup, request) {
    const { target, dependencies, keep } = request;
    const locked = await ensureLock(world, setup, request);
    request.onLocked(locked);
    const wanted = request.choose?.(locked.packages) ?? locked.packages;
    const shelf = await readShelf(world, wanted);
    const known = shelf.manifests.map(({ requires }) => requires);
    const locks = await ensureBuildLocks(world, setup, target, known);
    const made = wheelFingerprints(setup, target, await scriptsPrint(world, 'wheel', 'builder'));
    const prints = new Map([...locked.locals.values()].map(({ name, print }) => [name, print]));
    const planned = planWheels(wanted, target, shelf, made(locks), prints);
    const [fetchedIn, sources] = await allDone([fetchWheels(world, planned), openSources(world, planned, locked.locals)]);
    const built = await buildSources(world, { setup, target, madeFrom: made }, sources);
    const reused = planned.flatMap((wheel) => (wheel.kind === 'reuse' && wheel.manifest ? [wheel.manifest] : []));
    const manifests = [...reused, ...built.manifests];
    if (built.fault !== undefined) {
        // What a failing leg saves is pruned too.
        const files = [...planned.flatMap(fileOf), ...manifests.map(({ file }) => file)];
        await prune(world, [...keep.files, ...files], [...keep.buildLocks, ...locksOf(manifests)]);
        throw built.fault;
    }
    const wheels = await listWheels(world, planned, manifests, fetchedIn);
    const names = wanted.map(({ name }) => name);
    const needs = runtimeNeeds(names, namesIn([...dependencies.lines, ...(dependencies.added ?? [])].join(' ')));
    return { locked, wheels, manifests, sources: built.sources, folders: [...prints.keys()], needs };
}
/** Fetches the Debian packages that gathered wheels need, and removes what the lock no longer names. */
async function finishShelf(world, setup, gathered, how) {
    const { locked, wheels, manifests, sources, folders, needs } = gathered;
    const linked = [...manifests.flatMap((manifest) => manifest.packages), ...how.linked];
    const { packages: all, told } = runtimePackages(needs, linked, how.wished);
    for (const line of told)
        world.log.info(`  ${line}`);
    const packages = all.filter((name) => !how.present.includes(name));
    const stages = renderWheelStages(sources.map(({ planned, ...source }) => ({ ...source, name: planned.name })));
    const dockerfile = how.dockerfile + stages;
    const debian = await ensureDebianFiles(world, setup, { dockerfile, packages, week: how.week });
    await prune(world, [...how.keep.files, ...wheels.map(({ file }) => file)], [...how.keep.buildLocks, ...locksOf(manifests)]);
    return { wheels, lockSha256: locked.sha256, locked: locked.packages, lockedBefore: locked.before, folders, packages, debian, dockerfile };
}
function fileOf(wheel) {
    if (wheel.kind === 'compile')
        return [];
    return [wheel.kind === 'reuse' ? wheel.file : wheel.remote.file];
}
function locksOf(manifests) {
    return manifests.map(({ made }) => made.buildLock);
}

;// CONCATENATED MODULE: ./lib/run/wheels/test-wheels.js







/** Where the test image takes what the release has. */
function withoutShelf(world, { dockerfile }) {
    return { world, wheels: [], debian: {}, dockerfile };
}
/** The same world with another wheelhouse, which has records of its own. */
function test_wheels_onShelf(world, folder) {
    const wheelhouse = external_node_path_.join(world.paths.wheelhouse, folder);
    const { files, signer } = world;
    return { ...world, paths: { ...world.paths, wheelhouse }, records: new Records({ folder: wheelhouse, files, signer }) };
}
/**
 * Fills `.build/test/`, a wheelhouse of its own with a lock of its own: what the test extras require beyond the
 * release. The release's versions are constraints of that resolution, and its lock knows nothing of it, so both
 * images have the same versions, and the release does not change when the tests' requirements do.
 * @throws UserError where the test extras cannot be had together with the release's versions
 */
async function fillTestShelf(world, setup, { request, house, test }) {
    const { plan, inputs } = request;
    const shelf = test_wheels_onShelf(world, TEST_SHELF);
    const { target, metadata } = house;
    const released = new Map(house.wheels.map((wheel) => [wheel.name, wheel.version]));
    const own = { files: [], buildLocks: [] };
    try {
        const gathered = await gatherWheels(shelf, setup, {
            plan,
            extras: wantedExtras(metadata, test.extras),
            groups: test.groups,
            dependencies: dependenciesOf({ request, house, test }),
            target,
            keep: own,
            choose: (packages) => newOnes(packages, released),
            onLocked: ({ theirs }) => judgeNames(world, 'test-extras', unknownNames(plan.project, metadata, test.extras, test.groups, theirs)),
        }).catch(disagrees);
        const { wheels, debian, dockerfile } = await finishShelf(shelf, setup, gathered, {
            linked: [],
            wished: inputs.runtimePackages.filter((name) => name.endsWith('-')),
            present: house.packages,
            dockerfile: house.dockerfile,
            week: plan.week,
            keep: own,
        });
        return { world: shelf, wheels, debian, dockerfile };
    }
    finally {
        await shelf.records.save();
    }
}
/** What the tests require, under the release's versions. */
function dependenciesOf({ request: { plan, inputs }, house, test }) {
    const dependencies = chooseDependencies(plan.project, house.metadata, test.extras, test.groups);
    const pins = house.wheels.filter(({ name }) => !house.folders.includes(name)).map(({ name, version }) => `${name}==${version}`);
    // Where nothing of the user's says otherwise, only what tests add is resolved: what the release has is settled.
    const theirs = dependencies.byFiles ? plan.project.requirementsLock : plan.project.lock;
    const settled = theirs ? [] : chooseDependencies(plan.project, house.metadata, inputs.extras, inputs.groups).lines;
    const lines = dependencies.lines.filter((line) => !settled.includes(line));
    // Files that nobody named as the lock hold what is released, not what the tests add.
    const { offered: _, ...chosen } = dependencies;
    return { ...chosen, from: theirs ? dependencies.from : 'the test extras', lines, constraints: [...chosen.constraints, ...pins] };
}
/** @throws UserError where a package of the release is wanted in another version */
function newOnes(packages, released) {
    const other = packages.find(({ name, version }) => version && released.has(name) && released.get(name) !== version);
    if (other)
        throw test_wheels_disagreement(`they take ${other.name} ${other.version}, the release has ${released.get(other.name)}`);
    return packages.filter(({ name }) => !released.has(name));
}
function disagrees(error) {
    if (error instanceof errors/* UserError */.yo && error.kind === 'unresolvable')
        throw test_wheels_disagreement(error.reason, error.details);
    throw error;
}
function test_wheels_disagreement(why, details = []) {
    return new errors/* UserError */.yo('test', `test-extras cannot be had with the versions of the release: ${why}`, "Loosen what the extra requires, or pin in the project's own requirements what both can take.", { details });
}

// EXTERNAL MODULE: ./lib/inputs/system-folders.js
var system_folders = __webpack_require__(3764);
;// CONCATENATED MODULE: ./lib/plan/dockerfile/healthcheck.js

/** The port that the application listens on, as every start command of ours has it. */
const PORT = "int(os.environ.get('PORT') or 8000)";
const TCP = `import os, socket; socket.create_connection(('127.0.0.1', ${PORT}), 4).close()`;
/**
 * HEALTHCHECK of the release, '' for none. The image has no curl: Python asks, isolated and without site
 * packages, so that nothing of the application is in its way.
 * @param asked `tcp`, a path for HTTP (any answer of 200 to 399 is well), or a line of a shell
 * @see https://docs.docker.com/reference/dockerfile/#healthcheck (Engine 20.10 knows no --start-interval)
 */
function renderHealthcheck(asked) {
    if (asked === '')
        return NOTHING;
    return dockerfile `HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ${execForm(probe(asked))}\n`;
}
function probe(asked) {
    if (asked === 'tcp')
        return ['python', '-IS', '-c', TCP];
    if (/^\/\S*$/.test(asked))
        return ['python', '-IS', '-c', http(asked)];
    return ['sh', '-c', asked];
}
/** Host localhost: what a site in debug mode and most lists of allowed hosts let in. */
function http(path) {
    return [
        'import http.client, os, sys',
        `connection = http.client.HTTPConnection('127.0.0.1', ${PORT}, timeout=4)`,
        `connection.request('GET', ${JSON.stringify(path)}, headers={'Host': 'localhost'})`,
        'sys.exit(not 200 <= connection.getresponse().status < 400)',
    ].join('; ');
}

;// CONCATENATED MODULE: ./lib/plan/dockerfile/dockerfile-release.js





/** The last layers, which change with the source: byte code of dependencies as far as it imports them, folders of its user, and the application. */
const CHANGES = ['bytecode', 'static', 'app'].map((part) => dockerfile `COPY --from=trial /srv/${bare(part)}/ /\n`);
/** From `system` to `release`: everything offline, and the release of COPY steps alone. */
function renderRelease(plan) {
    const system = plan.packages.length > 0;
    return dockerfile `${system ? renderSystem() : NOTHING}
# dependencies, installed from the wheelhouse
FROM \${BASE} AS dependencies
RUN ${bind('stages/install', '/mnt')} ${bindFrom('tools', '/', '/media')} ${bind('wheels', '/opt')} \\
    SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} python /mnt/install.py

# byte code of what the last trial imported of them
FROM \${BASE} AS ahead
RUN ${bind('stages/install', '/mnt')} ${bindFrom('dependencies', '/srv/tree', '/media')} ${bind('imported', '/opt')} \\
    PYTHONHASHSEED=0 python -B /mnt/ahead.py

# the application, imported once: byte code for what that touched, static files collected
FROM ${system ? dockerfile `system` : dockerfile `\${BASE}`} AS trial
RUN ${bind('stages/install', '/srv/stage')} ${bindFrom('tools', '/', '/media')} ${bindFrom('dependencies', '/srv/tree', '/srv/dependencies', 'rw')} \\
    ${bindFrom(system ? 'system' : 'dependencies', '/', '/srv/image')} ${bindFrom('ahead', '/srv/ahead', '/srv/ahead')} ${plan.sourceOnly ? bind('source', '/opt') : bindFrom('app-wheel', '/srv/out', '/opt')} \\
    ${trialEnvironment(plan)}\\
    MODULES=${shellWord(plan.modules.join(' '))} LATE=${shellWord(plan.late.join(' '))} OF_SYSTEM=${shellWord(system_folders/* OF_SYSTEM */.m.source)} APP_UID=${whole(plan.uid)} APP_GID=${whole(plan.gid)} SOURCE_DATE_EPOCH=${whole(plan.epoch)} DEPENDENCIES_EPOCH=${whole(DEPENDENCIES_EPOCH)} \\
    python -I -S -B /srv/stage/trial.py

# what the trial says to the user: the log has it only where this step was run
FROM scratch AS said
COPY --from=trial /srv/said/ /

# the layers that a change of the source makes, by themselves: the checks read these
FROM scratch AS changes
${joined(CHANGES)}
# the release: copies alone, so that the same content is the same layer
FROM \${BASE} AS release
${system ? dockerfile `COPY --from=system /srv/tree/ /\n` : NOTHING}COPY --from=dependencies /srv/tree/ /
${joined(CHANGES)}${pairs('ENV', { ...(plan.settings ? { DJANGO_SETTINGS_MODULE: plan.settings } : {}), ...plan.env })}${asksForPort(plan) ? dockerfile_release_PORT : NOTHING}${pairs('LABEL', plan.labels)}USER ${whole(plan.uid)}:${whole(plan.gid)}
${renderHealthcheck(plan.healthcheck)}${plan.command ? dockerfile `CMD ${execForm(plan.command)}\n` : dockerfile `# no CMD: no start command was found\n`}`;
}
/** What hosts of containers set, and Procfiles expect. A parent's own stays. */
const dockerfile_release_PORT = dockerfile `ENV PORT=\${PORT:-8000}\n`;
function asksForPort({ command, env }) {
    return command !== undefined && !('PORT' in env);
}
/** What the trial is told: the image's own variables, those that it alone gets, and what it is to do. */
function trialEnvironment(plan) {
    const told = {
        ...(plan.sourceOnly && { SOURCE_ONLY: 'yes' }),
        ...(plan.folder !== WORK && { START_FOLDER: plan.folder }),
        ...(asksForPort(plan) && { PORT: '8000' }),
        ...plan.env,
        ...(plan.settings && { DJANGO_SETTINGS_MODULE: plan.settings, STATIC: plan.collectstatic }),
        KEYS: plan.keys.join(' '),
        ...(plan.writable.length > 0 && { WRITABLE: plan.writable.join(' ') }),
        ...(plan.bytecode !== 'used' && { BYTECODE: plan.bytecode }),
        ...(plan.trialEnv && { TRIAL_ENV: plan.trialEnv }),
    };
    return dockerfile `${plan.trialEnv ? dockerfile `${secret('env', '/run/env')} ` : NOTHING}${assignments(told)}`;
}
function renderSystem() {
    return dockerfile `
# run-time libraries, installed from the kept files
FROM \${BASE} AS system
RUN ${bind('stages/system', '/mnt')} ${bind('debian', '/opt')} SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} sh /mnt/install.sh
`;
}

;// CONCATENATED MODULE: ./lib/plan/dockerfile/labels.js
/**
 * The image's labels; those without a value are left out. `created` is the commit's time, not the clock's.
 * @param given labels of the user, which are added or take the place of the OCI ones; an empty value takes one away
 * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
function planLabels(facts, context, given = {}) {
    const source = context.repository ? `${context.serverUrl}/${context.repository}` : '';
    const oci = {
        title: facts.metadata.name,
        description: facts.metadata.summary,
        url: source,
        source,
        version: facts.version,
        revision: facts.revision,
        created: new Date(facts.epoch * 1000).toISOString(),
        licenses: facts.metadata.license.length <= 100 ? facts.metadata.license : '', // older projects put the whole text there
        'base.name': facts.parent,
        'base.digest': facts.parentDigest,
    };
    const own = {
        python: facts.python,
        extras: facts.extras.join(','),
        lock: facts.lockSha256,
        source: facts.source,
    };
    const all = {
        ...Object.fromEntries(Object.entries(oci).map(([key, value]) => [`org.opencontainers.image.${key}`, value])),
        ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`io.pypackager.${key}`, value])),
        ...given,
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

;// CONCATENATED MODULE: ./lib/plan/start/command-advice.js
const MAIN = /^if[ \t]+__name__[ \t]*==[ \t]*["']__main__["']/m;
const STREAMLIT = /^[ \t]*(?:import|from)[ \t]+streamlit\b/m;
const FIRST = ['streamlit_app.py', 'app.py', 'main.py', 'Home.py'];
/**
 * The command that somebody may have meant, where nothing says so outright: it is named, and never taken.
 * @see https://docs.streamlit.io/develop/api-reference/cli/run
 */
function commandAdvice({ locked, processes, modules, sourceOnly }) {
    const [process] = processes.filter(({ name }) => name !== 'release');
    if (process)
        return { is: `the Procfile has no web: line, and one of ${process.name}`, command: process.line };
    const page = locked.includes('streamlit') && sourceOnly ? streamlitPage(modules) : undefined;
    if (page)
        return { is: `${page} is of Streamlit`, command: `streamlit run ${page} --server.address 0.0.0.0 --server.port $PORT` };
    const mains = modules.flatMap(({ name }) => /^(.+)\.__main__$/.exec(name)?.[1] ?? []);
    const [main] = [...mains].sort((a, b) => a.split('.').length - b.split('.').length);
    if (main)
        return { is: `${main} is a package that can be run`, command: `python -m ${main}` };
    const scripts = sourceOnly ? modules.filter(({ file, text }) => !file.includes('/') && file !== 'manage.py' && MAIN.test(text)) : [];
    const [script] = scripts;
    return script && scripts.length === 1 ? { is: `${script.file} is a script`, command: `python ${script.file}` } : undefined;
}
/** Of several the one that its makers would begin with; pages beside it are found by it. */
function streamlitPage(modules) {
    const pages = modules.filter(({ file, text }) => !/(^|\/)pages\//.test(file) && STREAMLIT.test(text)).map(({ file }) => file);
    return FIRST.find((name) => pages.includes(name)) ?? (pages.length === 1 ? pages[0] : undefined);
}
/** What is said of the lines of a Procfile beside `web:`. @returns undefined where there are none */
function processesNotice(processes) {
    const [first] = processes;
    if (!first)
        return undefined;
    const names = processes.map(({ name }) => name).join(', ');
    return (`The image starts by the web: line of the Procfile; ${names} of it ${processes.length === 1 ? 'is' : 'are'} not started. ` +
        `A container each can run them from the same image, such as: pypackager run -- sh -c '${first.line.replaceAll("'", "'\\''")}'`);
}

;// CONCATENATED MODULE: ./lib/run/publish/source-label.js





/** The label that holds what an image was made from, as far as that is known before anything is built. */
const SOURCE_LABEL = 'io.pypackager.source';
const BASE_LABEL = 'org.opencontainers.image.base.digest';
/** Inputs that leave an image as it is; `exclude-newer` and the indexes count in another way. */
const BESIDE = [
    'path',
    'namespace',
    'imageName',
    'version',
    'setVersion',
    'registry',
    'mirrors',
    'extrasText',
    'push',
    'wheelhouse',
    'indexUrl',
    'extraIndexUrls',
    'indexCredentials',
    'caBundle',
    'noCache',
    'cache',
    'cacheSuffix',
    'cacheSigningKey',
    'target',
    'username',
    'password',
    'githubToken',
    'tagSuffix',
    'tags',
    'flavor',
    'sbom',
    'attest',
    'buildNetwork',
    'excludeNewer',
    'secrets',
    'testExtras',
    'testGroups',
    'testCommand',
    'run',
    'manage',
    'ports',
    'volumes',
    'env',
    'network',
    'checks',
    'timeout',
    'matrix',
];
/** Stages whose scripts make what is in an image. */
const STAGES = ['base', 'builder', 'install', 'lock', 'system', 'wheel'];
/**
 * What an image is made from, before anything is built: the project's files (all of the workspace where it refers to what is
 * beside it), the inputs that shape it, the version from git, our own scripts, and where no lock tells the versions, their bound.
 */
async function source_label_sourcePrint(world, inputs, plan) {
    const { project } = plan;
    const beside = /\.\.\/|workspace\s*=\s*true/.test(project.definition);
    const files = await world.source.snapshot(beside ? world.context.workspace : world.paths.project, world.paths.wheelhouse);
    const locked = inputs.requirements.length === 0 && (project.lock ?? project.requirementsLock);
    return fingerprint({
        files: sha256(JSON.stringify(files.map(({ path, print }) => [path, print]))),
        definition: sha256(project.definition),
        inputs: sha256(JSON.stringify(shaping(inputs))),
        // Without what is secret in them: the print is in a label.
        indexes: [inputs.indexUrl, ...inputs.extraIndexUrls].map(text_addresses/* withoutLogin */.Gq).join(' '),
        version: JSON.stringify(plan.ownVersion.env),
        bound: locked ? '' : plan.newest.day,
        week: plan.updates === 'none' ? '' : plan.week,
        python: plan.python ?? '',
        parent: plan.parent,
        scripts: await scriptsPrint(world, ...STAGES),
    });
}
/** In an order of their own: a row of the table that moves changes no image. */
function shaping(inputs) {
    const fields = Object.entries(inputs).filter(([field]) => !BESIDE.some((one) => one === field));
    return fields.sort(([one], [other]) => (one < other ? -1 : 1));
}
/**
 * Whether the image would be another one than that which the registry has: under its first tag, on a pull request under that
 * of the branch it goes to. What cannot be asked has changed; undefined where no registry is named.
 */
async function wouldChange(world, inputs, plan) {
    if (!inputs.registry && !inputs.push)
        return undefined;
    const { registry, path } = plan.repository;
    const login = await loginFor(world, inputs);
    const base = world.context.pullRequest && world.context.baseRef ? [`${world.context.baseRef}${plan.suffix}`] : [];
    for (const tag of [plan.tags.primary, ...base]) {
        const labels = await world.registry.labels(registry, path, tag, login);
        if (!labels)
            continue;
        return labels[SOURCE_LABEL] !== (await source_label_sourcePrint(world, inputs, plan)) || (await parentMoved(world, plan, labels[BASE_LABEL]));
    }
    return true;
}
/** Whether the parent's tag names another image by now than the one that base was made from. */
async function parentMoved(world, plan, digest) {
    return Boolean(digest) && (await newerParent(world, { name: plan.parent, digest: digest ?? '' })) !== undefined;
}

;// CONCATENATED MODULE: ./lib/run/images/check-start.js




/**
 * Looks at what a start command names of the project before anything runs: folders and scripts.
 * @throws UserError where it certainly fails, and `checks` is `error` or `strict`; else that is a warning
 */
async function checkStart(world, project, house, command, { writable, checks }) {
    if (checks === 'off')
        return;
    const wheel = project.sourceOnly === undefined;
    const files = new Map(house.source.snapshot.map(({ path, print }) => [path, { executable: !print.startsWith('-'), link: print.startsWith('link ') }]));
    const held = { files: wheel ? new Map() : files, made: writable, wheel, source: [...files.keys()] };
    const place = startPlace(command.argv);
    const fault = placeFault(place, held) ?? (await faultOfScripts(world, place, files, wheel));
    if (!fault)
        return;
    if (checks !== 'warn')
        throw new errors/* UserError */.yo('release', fault.text, fault.next);
    world.log.warning(`${fault.text[0]?.toUpperCase()}${fault.text.slice(1)}. ${fault.next}`);
}
async function faultOfScripts(world, place, files, wheel) {
    for (const script of startScripts(place)) {
        const found = files.get(script.file);
        if (!found || found.link)
            continue;
        if (wheel) {
            return {
                text: `the start command runs ${script.written}, which is in the source and not in the project's wheel`,
                next: `Let its package bring it ([project.scripts]), or ${TAKE_SOURCE}.`,
            };
        }
        const text = await world.files.readInside(world.context.workspace, external_node_path_.join(world.paths.project, script.file), text_size/* TEXT_SIZE */.yf);
        const fault = scriptFault(script, found.executable, text);
        if (fault)
            return fault;
    }
    return undefined;
}

// EXTERNAL MODULE: ./lib/inputs/program.js
var program = __webpack_require__(985);
;// CONCATENATED MODULE: ./lib/project/application/web-app.js
/** Applications by their class, and the package that brings it. */
const FRAMEWORKS = [
    { name: 'FastAPI', requires: 'fastapi', kind: 'asgi' },
    { name: 'Starlette', requires: 'starlette', kind: 'asgi' },
    { name: 'Litestar', requires: 'litestar', kind: 'asgi' },
    { name: 'Quart', requires: 'quart', kind: 'asgi' },
    { name: 'Flask', requires: 'flask', kind: 'wsgi' },
    // Dash serves a Flask application of its own, `app.server`, which `serversIn` finds.
    { name: 'ASGIApp', requires: 'python-socketio', kind: 'asgi' },
];
/** What is put around an application, by the end of its name: that is what is served. Others that take one as an argument extend it. */
const WRAPPER = /(Middleware|ASGIApp|WSGIApp|ProxyFix|WhiteNoise|WsgiToAsgi|AsgiToWsgi|DebuggedApplication)$/;
/** Wrappers that speak another protocol than what they hold. @see https://asgiref.readthedocs.io */
const TURNS = { WsgiToAsgi: 'asgi', AsgiToWsgi: 'wsgi' };
/** Whether some module may hold an application object: only then are they all read. */
function usesFramework(locked) {
    return FRAMEWORKS.some(({ requires }) => locked.includes(requires));
}
/** Whether a module tells how a Django site is served: its wsgi and asgi modules, and its settings. */
function isDjangoModule(name, settings) {
    const folder = settings.includes('.') ? settings.slice(0, settings.lastIndexOf('.') + 1) : '';
    return /(^|\.)(wsgi|asgi)$/.test(name) || name === settings || (folder !== '' && name.startsWith(folder) && /\bsettings\b/.test(name));
}
/**
 * The applications of a Django site, those that are preferred first: what the settings name
 * (ASGI_APPLICATION is set by hand by who means it, WSGI_APPLICATION by startproject), then the wsgi and
 * asgi modules beside the settings, then any other one.
 * @param settings e.g. `mysite.settings.release`
 */
function djangoApps(settings, modules) {
    const site = settings.split('.')[0] ?? '';
    const texts = modules.filter(({ name }) => !/(^|\.)(wsgi|asgi)$/.test(name)).map(({ text }) => web_app_code(text));
    const named = ['asgi', 'wsgi'].flatMap((kind) => {
        const pattern = new RegExp(`^${kind.toUpperCase()}_APPLICATION\\s*(?::[^=\\n]+)?=\\s*(['"])([\\w.]+)\\.(\\w+)\\1`, 'm');
        const found = texts.map((text) => pattern.exec(text)).find((match) => match !== null);
        const module = modules.find(({ name }) => name === found?.[2]);
        return found && module ? [djangoApp(module.name, found[3] ?? '', kind)] : [];
    });
    const beside = modules
        .filter(({ name }) => /(^|\.)(wsgi|asgi)$/.test(name))
        .sort((a, b) => Number(b.name.startsWith(`${site}.`)) - Number(a.name.startsWith(`${site}.`)))
        .flatMap((module) => {
        const kind = module.name.endsWith('wsgi') ? 'wsgi' : 'asgi';
        const object = /^(application)\s*[:=]/m.exec(web_app_code(module.text))?.[1] ?? calls(module.text, `get_${kind}_application`)[0];
        return object ? [djangoApp(module.name, object, kind)] : [];
    });
    // Of the kinds, that which the settings name by hand; else WSGI, as every Django does.
    const found = [...named, ...beside.filter(({ kind }) => kind === 'wsgi'), ...beside.filter(({ kind }) => kind === 'asgi')];
    return found.filter((app, i) => found.findIndex(({ module, object }) => module === app.module && object === app.object) === i);
}
function djangoApp(module, object, kind) {
    return { module, object, kind, factory: false, framework: 'Django' };
}
/** Names that Flask itself looks for as a factory. */
const FACTORIES = ['create_app', 'make_app'];
/** Names that servers take where none is said. */
const PLAIN_NAMES = ['app', 'application', 'api', 'asgi_app', 'wsgi_app'];
/**
 * Application objects of the project, by the names that they have in the source: module-level objects, else
 * factories. Several are narrowed down by what is mounted into another, and by plain names; what is left is
 * for the user to choose from.
 * @param locked names of the locked packages, normalised: no framework, no application of it
 */
function objectApps(modules, locked) {
    const frameworks = FRAMEWORKS.filter(({ requires }) => locked.includes(requires));
    const read = modules.map((module) => ({ ...module, text: web_app_code(module.text) }));
    const makers = read.flatMap((module) => makersIn(module, frameworks));
    const made = read.flatMap((module) => [
        ...objectsIn(module, frameworks),
        ...(locked.includes('dash') ? serversIn(module) : []),
        ...calledIn(module, makers),
    ]);
    const wrappers = wrappersAround(made, read);
    const all = unique([...made, ...wrappers.map(({ app }) => app)]);
    const mounted = new Set(read.flatMap(({ text }) => mountedIn(text)));
    const top = all.filter((one) => {
        if (wrappers.some(({ app, around }) => key(app) !== key(one) && around.includes(one.object)))
            return false;
        return !mounted.has(one.object) || wrappers.some(({ app }) => key(app) === key(one));
    });
    const plain = top.filter(({ object }) => PLAIN_NAMES.includes(object));
    const chosen = [plain, top, all].find((list) => list.length === 1) ?? [plain, top, all].find((list) => list.length > 0);
    return chosen ?? makers.filter(({ object }) => FACTORIES.includes(object));
}
const key = ({ module, object }) => `${module}:${object}`;
/** The last one of a name counts, as in Python. */
function unique(apps) {
    return [...new Map([...apps].reverse().map((app) => [key(app), app])).values()].reverse();
}
/** Objects of a framework that a module makes. */
function objectsIn({ name: module, text }, frameworks) {
    return frameworks.flatMap(({ name, kind }) => new RegExp(`\\b${name}\\b`).test(text)
        ? calls(text, `(?:\\w+\\.)*${name}`).map((object) => ({ module, object, kind, factory: false, framework: name }))
        : []);
}
/** `server = app.server` of Dash. @see https://dash.plotly.com/deployment */
function serversIn({ name: module, text }) {
    const dashes = calls(text, '(?:\\w+\\.)*Dash');
    const servers = [...text.matchAll(/^([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=[ \t]*(\w+)\.server[ \t]*$/gm)];
    return servers.flatMap(([, object = '', of = '']) => dashes.includes(of) ? [{ module, object, kind: 'wsgi', factory: false, framework: 'Flask' }] : []);
}
/** Functions of a module that make an application and can be called without arguments. */
function makersIn({ name: module, text }, frameworks) {
    return functionsIn(text).flatMap(({ object, body }) => {
        const returns = body.includes('->') ? body.slice(body.indexOf('->')).split(':', 1)[0] : '';
        const made = frameworks.find(({ name }) => {
            const named = new RegExp(`\\b${name}\\b`);
            return named.test(returns ?? '') || (new RegExp(`\\b${name}\\(`).test(body) && /^[ \t]+return\b/m.test(body));
        });
        return made ? [{ module, object, kind: made.kind, factory: true, framework: made.name }] : [];
    });
}
/** What a module has those functions make. */
function calledIn({ name: module, text }, makers) {
    const byName = new Map(makers.map((maker) => [maker.object, maker]));
    if (byName.size === 0)
        return [];
    const made = text.matchAll(/^([A-Za-z_]\w*)[ \t]*(?::[\w.[\]"' \t|]+)?=[ \t]*(?:\w+\.)*(\w+)\(/gm);
    return [...made].flatMap(([, object = '', name = '']) => {
        const maker = byName.get(name);
        return maker ? [{ ...maker, module, object, factory: false }] : [];
    });
}
const web_app_DEEPEST = 5;
/** What is put around applications, and around that again. */
function wrappersAround(apps, modules) {
    let found = [];
    for (let depth = 0; depth < web_app_DEEPEST; depth++) {
        const known = [...apps, ...found.map(({ app }) => app)];
        const now = modules.flatMap((module) => wrappersIn(module, known));
        if (now.length === found.length)
            return now;
        found = now;
    }
    return found;
}
/** Objects that a module puts around an application, and the names of what they hold. */
function wrappersIn({ name: module, text }, apps) {
    const alias = new Map([...text.matchAll(/\b(\w+)[ \t]+as[ \t]+(\w+)/g)].map((match) => [match[2] ?? '', match[1] ?? '']));
    const made = text.matchAll(/^([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=[ \t]*(?:\w+\.)*(\w+)\(([^()]*(?:\([^()]*\)[^()]*)*)\)/gm);
    return [...made].flatMap(([, object = '', wrapper = '', given = '']) => {
        if (!WRAPPER.test(wrapper))
            return [];
        const words = [...given.matchAll(/(?:^|[,=(])\s*(\w+)\s*(?=[,)]|$)/g)].map((match) => match[1] ?? '');
        const held = words.flatMap((word) => apps.find((app) => app.object === (alias.get(word) ?? word)) ?? []);
        const [inside] = held;
        if (!inside)
            return [];
        const kind = TURNS[wrapper] ?? inside.kind;
        return [{ app: { module, object, kind, factory: false, framework: inside.framework }, around: held.map((app) => app.object) }];
    });
}
/** Names that are given to a call of `mount`. */
function mountedIn(text) {
    return [...text.matchAll(/\.mount\(([^()]*\)?)/g)].flatMap(([, given = '']) => [...given.matchAll(/\b(\w+)\s*[,)]/g)].map((match) => match[1] ?? ''));
}
/** Module-level names that are given what a call of `pattern` returns, e.g. `backend: FastAPI = FastAPI(`. */
function calls(text, pattern) {
    const found = text.matchAll(new RegExp(`^([A-Za-z_]\\w*)[ \\t]*(?::[\\w.\\[\\]"' \\t|]+)?=[ \\t]*(?:\\w+[ \\t]*=[ \\t]*)*${pattern}\\(`, 'gm'));
    return [...found].map((match) => match[1] ?? '');
}
/** Module-level functions that can be called without arguments: the name of each, with its first line and body. */
function functionsIn(text) {
    const found = text.matchAll(/^def (\w+)\(([^()]*(?:\([^()]*\)[^()]*)*)\)([^\n]*(?:\n(?:[ \t)][^\n]*|))*)/gm);
    return [...found].flatMap(([, object = '', parameters = '', body = '']) => {
        const needed = parameters
            .replace(/\([^()]*\)|\[[^[\]]*\]/g, '')
            .split(',')
            .map((parameter) => parameter.trim())
            .some((parameter) => parameter !== '' && !parameter.startsWith('*') && parameter !== '/' && !parameter.includes('='));
        return needed ? [] : [{ object, body }];
    });
}
/** A module's text without comments and without strings of several lines, such as examples in its documentation. */
function web_app_code(text) {
    return text
        .replaceAll('\r\n', '\n')
        .replace(/("""|''')[\s\S]*?(?:\1|$)|#[^\n]*|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g, (found) => found.startsWith('#') ? '' : /^("""|''')/.test(found) ? '""' : found);
}

;// CONCATENATED MODULE: ./lib/plan/start/servers.js
/** Modules that a server imports only when it starts, by the program's name. */
const LATE = {
    gunicorn: ['gunicorn.app.wsgiapp', 'gunicorn.workers.sync', 'gunicorn.workers.gthread'],
    uvicorn: [
        'uvicorn.main',
        'uvicorn.loops.auto',
        'uvicorn.lifespan.on',
        'uvicorn.protocols.http.auto',
        'uvicorn.protocols.websockets.auto',
    ],
    granian: ['granian.cli', 'granian.server', 'granian.asgi', 'granian.wsgi', 'granian._loops'],
    hypercorn: ['hypercorn.__main__', 'hypercorn.run', 'hypercorn.asyncio.run', 'hypercorn.protocol'],
    daphne: ['daphne.cli', 'daphne.server', 'twisted.internet.asyncioreactor'],
    'waitress-serve': ['waitress.runner', 'waitress.server'],
};
/** Those that the first program of a command imports when it starts, e.g. `uvicorn.main`; one of another version need not be there. */
function lateModules(words) {
    const program = words.find((word) => word !== 'exec' && !/^[A-Za-z_]\w*=/.test(word)) ?? '';
    return LATE[program] ?? [];
}
const servers_PORT = '${PORT:-8000}';
const target = ({ module, object }) => `${module}:${object}`;
const called = (app) => (app.factory ? `'${target(app)}()'` : target(app));
const flagged = (app, flag) => (app.factory ? `${flag} ${target(app)}` : target(app));
/**
 * The servers of the trade, the preferred ones first. Each ends within a second of SIGTERM
 * (granian within two: now and then its worker does not end and must be killed, after a second at least).
 * uWSGI reloads on SIGTERM unless told to die, answers 500 for an application that it cannot load unless told
 * that it needs one, and runs no threads of the application unless told to.
 */
const SERVERS = [
    { name: 'gunicorn', packages: ['gunicorn'], kinds: ['wsgi'], line: (app) => `gunicorn --bind 0.0.0.0:${servers_PORT} ${called(app)}` },
    {
        name: 'uwsgi',
        packages: ['uwsgi', 'pyuwsgi'],
        kinds: ['wsgi'],
        // Without a master, which looks for signals once a second: a container is restarted by whoever runs it.
        line: (app) => `uwsgi --http :${servers_PORT} --die-on-term --need-app --enable-threads --module ${called(app)}`,
    },
    {
        name: 'uvicorn',
        packages: ['uvicorn'],
        kinds: ['asgi'],
        line: (app) => `uvicorn --host 0.0.0.0 --port ${servers_PORT} ${flagged(app, '--factory')}`,
    },
    {
        name: 'granian',
        packages: ['granian'],
        kinds: ['wsgi', 'asgi'],
        line: (app) => `GRANIAN_WORKERS_KILL_TIMEOUT=1 granian --interface ${app.kind} --host 0.0.0.0 --port ${servers_PORT} ${flagged(app, '--factory')}`,
    },
    { name: 'hypercorn', packages: ['hypercorn'], kinds: ['asgi'], line: (app) => `hypercorn --bind 0.0.0.0:${servers_PORT} ${called(app)}` },
    {
        name: 'daphne',
        packages: ['daphne'],
        kinds: ['asgi'],
        line: (app) => (app.factory ? undefined : `daphne --bind 0.0.0.0 --port ${servers_PORT} ${target(app)}`),
    },
    {
        name: 'waitress',
        packages: ['waitress'],
        kinds: ['wsgi'],
        line: (app) => `waitress-serve --port ${servers_PORT} ${flagged(app, '--call')}`,
    },
];
/** The line that serves an application by the first server that is among the locked packages and speaks its protocol. */
function serve(app, locked) {
    for (const server of SERVERS) {
        if (!server.kinds.includes(app.kind) || !server.packages.some((name) => locked.includes(name)))
            continue;
        const line = server.line(app);
        if (line !== undefined)
            return { server: server.name, line };
    }
    return undefined;
}
/** Whether a server is among the packages. */
function bringsServer(locked) {
    return SERVERS.some(({ packages }) => packages.some((name) => locked.includes(name)));
}
/** Names of the servers that speak a protocol, for a notice. */
function serversOf(kind) {
    return SERVERS.filter(({ kinds }) => kinds.includes(kind)).map(({ name }) => name);
}

;// CONCATENATED MODULE: ./lib/plan/start/start-command.js




/**
 * The start command: what the user wrote, else the web application served by a server that is really among
 * the packages, else the console script. No guess, no REPL, nothing that changes a database.
 */
function planStart(facts) {
    const { written, apps, locked } = facts;
    if (written) {
        const words = typeof written.line === 'string' ? written.line.split(/\s+/) : written.line;
        const modules = [...servedModules(words), ...(apps[0]?.framework === 'Django' ? [apps[0].module] : [])];
        const argv = typeof written.line === 'string' ? shellCommand(written.line) : written.line;
        const late = lateModules(startPlace(argv).steps.at(-1)?.words ?? []);
        return { command: start_command_placed({ argv, from: written.from, modules: [...new Set(modules)], late }) };
    }
    const django = apps[0]?.framework === 'Django';
    const candidates = django ? apps : apps.slice(0, 1);
    if (!django && apps.length > 1) {
        const names = apps.map(({ module, object }) => `${module}:${object}`);
        return none(`there are several web applications (${names.slice(0, 4).join(', ')})`, 'Name the one that is meant in the input command.');
    }
    for (const app of candidates) {
        const served = serve(app, locked);
        if (!served)
            continue;
        const from = `${app.module}${app.object === 'application' ? '' : `:${app.object}`} and ${served.server}`;
        const command = { argv: shellCommand(served.line), from, modules: [app.module], late: lateModules(served.line.split(' ')) };
        return { command: start_command_placed(command, facts.root) };
    }
    const script = consoleScript(facts);
    const [app] = candidates;
    const unserved = app && `nothing that serves ${app.module}:${app.object} is among the dependencies`;
    const add = app && `Add ${serversOf(app.kind).join(' or ')} to them.`;
    if (script && !django) {
        const tool = !usesFramework(locked) && !bringsServer(locked);
        const command = start_command_placed({ argv: [script], from: `the console script ${script}`, modules: [], late: [], ...(tool && { tool }) });
        return { command, ...(unserved && { notice: `The console script ${script} starts the image, as ${unserved}. ${add}` }) };
    }
    if (unserved && add)
        return none(unserved, add);
    if (facts.advice) {
        const { is, command: advice } = facts.advice;
        return { ...none(`there is no web application; ${is}`, `If that is what should run, set command: ${advice}`), advice };
    }
    const scripts = Object.keys(facts.scripts);
    return none(scripts.length > 1
        ? `there is no web application, and of the console scripts ${scripts.slice(0, 4).join(', ')} none is named like the project`
        : 'there is neither a web application nor a console script');
}
const GIVE_ONE = 'The input command or a Procfile with a web: line gives it one.';
function none(why, next = GIVE_ONE) {
    return { command: undefined, why, next };
}
function start_command_placed(command, root = '') {
    const { folder, paths } = startPlace(command.argv);
    return { ...command, folder, paths: [...new Set([...paths, ...(root === '' ? [] : [`/app/${root.replace(/\/$/, '')}`])])] };
}
/** The only console script, or the one that is named like the project; one that does manage.py's work starts nothing. */
function consoleScript({ scripts, name, management }) {
    const names = Object.entries(scripts)
        .filter(([, calls]) => !management.includes(calls.split(':')[0] ?? ''))
        .map(([script]) => script);
    return names.find((script) => (0,project_names/* normalizeName */.P)(script) === (0,project_names/* normalizeName */.P)(name)) ?? (names.length === 1 ? names[0] : undefined);
}
/** Modules that words name as servers do, e.g. `shop.web` in `gunicorn shop.web:app`. */
function servedModules(words) {
    return words.flatMap((word) => /^["']?([A-Za-z_]\w*(?:\.\w+)*):[A-Za-z_]\w*(?:\(\))?["']?$/.exec(word)?.[1] ?? []);
}
/** Variables that a line sets for its command: `A=1 B="x y" `. */
const ASSIGNMENTS = /^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s"'])*\s+)*/;
/** A shell expands variables; exec makes the application PID 1, except where the line is a list of commands. */
function shellCommand(line) {
    return ['sh', '-c', /[;&|\n]|^(exec|cd|export)\b/.test(line) ? line : line.replace(ASSIGNMENTS, (assignments) => `${assignments}exec `)];
}

;// CONCATENATED MODULE: ./lib/project/application/secret-keys.js
/** Variables that Django's projects by custom take their key from. */
const BY_CUSTOM = ['SECRET_KEY', 'DJANGO_SECRET_KEY'];
/** `SECRET_KEY = os.environ["SHOP_KEY"]`, `app.secret_key = getenv(\n "…"`, `app.config["SECRET_KEY"] = env.str("…")`: the first name in capitals. */
const secret_keys_READ = /\bsecret_key\b["']?\]?[ \t]*(?::[ \t]*[\w.[\] |]{1,60})?=[^\n#"']{0,200}?[([]\s{0,100}["']([A-Z][A-Z0-9_]{2,60})["']/gi;
/** What a key is called, and what no key is. */
const NAME = /KEY|SECRET|SALT|TOKEN/;
const PLACE = /(?:FILE|PATH|DIR|URL|NAME|ARN)$/;
/**
 * The variables of the environment that a key of the application comes from, as far as its code shows.
 * @param texts of its settings' modules
 * @returns the names by custom first
 */
function keyVariables(texts) {
    const read = texts.flatMap((text) => [...text.matchAll(secret_keys_READ)].map((match) => match[1] ?? ''));
    return [...new Set([...BY_CUSTOM, ...read.filter((name) => NAME.test(name) && !PLACE.test(name)).sort()])];
}

;// CONCATENATED MODULE: ./lib/run/images/choose-start.js










/** Files that are open at one time. */
const choose_start_AT_ONCE = 64;
/** Modules that are read to say what may have been meant. */
const MOST_LOOKED_INTO = 200;
/** How the release starts, from the project's modules as they are now: the source's, by the names that its wheel gives them. */
async function chooseStart(world, project, house, wishes) {
    const locked = house.wheels.map((wheel) => wheel.name);
    const { contents, source } = house;
    const paths = source.snapshot.map((file) => file.path);
    const modules = modulesOf(paths, contents.roots, contents.names);
    const read = (wanted) => readModules(world, house, wanted);
    const written = writtenStart(wishes.command, project);
    const scriptModules = Object.values(contents.scripts).map((calls) => calls.split(':')[0] ?? '');
    const management = (await read(modules.filter(({ name }) => scriptModules.includes(name))))
        .filter(({ text }) => text.includes('execute_from_command_line'))
        .map(({ name }) => name);
    const found = await webApps(modules, locked, wishes.settings, written !== undefined, read);
    const sourceOnly = project.sourceOnly !== undefined;
    const rooted = sourceOnly ? await rootedApp(found, modules, paths, read) : { apps: found };
    const facts = { written, name: project.name, locked, scripts: contents.scripts, management, ...rooted };
    const start = planStart(facts);
    if (start.command || found.length > 0)
        return start;
    const texts = await read(sourceOnly && modules.length < MOST_LOOKED_INTO ? modules : modules.filter(({ name }) => name.endsWith('.__main__')));
    return planStart({ ...facts, advice: commandAdvice({ locked, processes: project.processes, modules: texts, sourceOnly }) });
}
/** An application by the name that its own module's imports give it: `main` of `src/main.py` where that imports what lies in `src/`. */
async function rootedApp(apps, modules, paths, read) {
    const [app] = apps;
    if (!app || apps.length > 1 || app.framework === 'Django')
        return { apps };
    const [module] = await read(modules.filter(({ name }) => name === app.module));
    const root = module && rootByImports(module, module.text, paths);
    const [renamed] = module && root ? modulesOf([module.file], asRoots([root])) : [];
    return renamed && root ? { apps: [{ ...app, module: renamed.name }], root } : { apps };
}
/** Django's few modules are read in any case; all others only where one of them could be served. */
async function webApps(modules, locked, settings, chosen, read) {
    const site = settings === undefined ? [] : djangoApps(settings, await read(modules.filter(({ name }) => isDjangoModule(name, settings))));
    if (site.length > 0 || chosen || !usesFramework(locked))
        return site;
    return objectApps(await read(modules), locked);
}
/**
 * The variables that the application's key comes from, as its settings show: builds and checks give them a value of their own
 * where nobody has given one.
 * @param settings of Django, where it is a Django site
 * @param modules that the start command imports
 */
async function choose_start_keysOf(world, house, settings, modules) {
    const { contents, source } = house;
    const paths = source.snapshot.map((file) => file.path);
    const isOne = ({ name }) => modules.includes(name) || /(^|\.)(config|settings)(\.|$)/.test(name);
    const wanted = modulesOf(paths, contents.roots, contents.names).filter((module) => isOne(module) || module.name === settings);
    return keyVariables((await readModules(world, house, wanted.slice(0, choose_start_AT_ONCE))).map(({ text }) => text));
}
function writtenStart(command, project) {
    return command === '' ? project.start : { line: (0,program/* readCommand */.UK)('command', command), from: 'the input command' };
}
async function readModules(world, { source }, wanted) {
    const files = new Map(source.snapshot.map((file) => [file.path, file]));
    const texts = [];
    for (let i = 0; i < wanted.length; i += choose_start_AT_ONCE) {
        const batch = wanted.slice(i, i + choose_start_AT_ONCE).filter(({ file }) => !files.get(file)?.print.startsWith('link '));
        const found = batch.map(async (module) => ({
            ...module,
            text: files.get(module.file)?.text ?? (await readModule(world, module.file)),
        }));
        texts.push(...(await Promise.all(found)));
    }
    return texts;
}
/** A module that is no text, or far too long for one, holds no application. */
async function readModule({ files, paths, context, log }, file) {
    try {
        return (await files.readInside(context.workspace, external_node_path_.join(paths.project, file), text_size/* TEXT_SIZE */.yf)) ?? '';
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        log.debug(`not looked into: ${error.message}`);
        return '';
    }
}

;// CONCATENATED MODULE: ./lib/run/images/release-image.js
















/** The name of a leg's release among the records of what images were made from. */
function releaseRecord({ suffix }) {
    return `release${suffix}`;
}
/** Django's settings of the release: the user's word, else what its files say. */
function release_image_settingsOf(plan, imageEnv) {
    return imageEnv.DJANGO_SETTINGS_MODULE ?? plan.project.django?.settings;
}
/** Where a source's modules are imported from: what the start adds, what the source says, and its own folder. */
function pythonPath(house, command) {
    const roots = house.contents.roots.map(({ prefix }) => external_node_path_.posix.join(WORK, prefix).replace(/\/$/, ''));
    return [...new Set([...(command?.paths ?? []), ...roots])].join(':');
}
function startNotices({ project }, { command, notice }, unnamed) {
    const lines = command?.from === 'Procfile' ? processesNotice(project.processes) : undefined;
    return [notice, lines, unnamed].flatMap((text) => text ?? []);
}
/** @returns what is told where it is a Django site, and nobody names its settings */
function withoutSettings({ wheels, source, contents }, { env }) {
    const paths = source.snapshot.map((file) => file.path);
    const isSite = wheels.some(({ name }) => name === 'django') && paths.some((file) => isDjangoStart(file) && file.endsWith('manage.py'));
    if (!isSite || env.DJANGO_SETTINGS_MODULE)
        return undefined;
    return unnamedSettings(modulesOf(paths, contents.roots, contents.names).map(({ name }) => name));
}
/** The last stages of the Dockerfile, and the fingerprint of all that they are made from. */
async function planRelease(world, plan, house, made) {
    const { inputs } = made;
    const settings = release_image_settingsOf(plan, inputs.imageEnv);
    const start = await chooseStart(world, plan.project, house, { command: inputs.command, settings });
    if (start.command)
        await checkStart(world, plan.project, house, start.command, inputs);
    const labels = await labelsOf(world, plan, house, made);
    const stages = {
        sourceOnly: plan.project.sourceOnly !== undefined,
        packages: Object.keys(house.debian).length > 0 ? house.packages : [],
        epoch: plan.epoch,
        uid: plan.uid,
        gid: plan.gid,
        modules: start.command?.modules ?? [],
        late: start.command?.late ?? [],
        keys: await choose_start_keysOf(world, house, settings, start.command?.modules ?? []),
        writable: inputs.writable,
        bytecode: inputs.bytecode,
        settings,
        collectstatic: inputs.collectstatic,
        trialEnv: Object.keys(inputs.env).length > 0 ? sha256(JSON.stringify(inputs.env)).slice(0, 12) : undefined,
        healthcheck: inputs.healthcheck,
        // Where the source is the application, any server finds its modules.
        env: plan.project.sourceOnly === undefined ? inputs.imageEnv : { PYTHONPATH: pythonPath(house, start.command), ...inputs.imageEnv },
        folder: start.command?.folder ?? WORK,
        command: start.command?.argv,
    };
    const parts = {
        base: made.base,
        lock: house.lockSha256,
        wheels: fingerprint(Object.fromEntries(house.wheels.map((wheel) => [wheel.file, wheel.sha256]))),
        source: fingerprint(house.source.parts),
        'Debian packages': fingerprint(house.debian),
        settings: sha256(renderRelease({ ...stages, labels })),
        scripts: await scriptsPrint(world, 'install', 'system'),
    };
    const printed = { ...labels, 'io.pypackager.fingerprint': fingerprint(parts) };
    return {
        name: plan.names.release,
        references: plan.tags.tags.map((tag) => reference(plan.repository, tag)),
        dockerfile: house.dockerfile + renderRelease({ ...stages, labels: printed }),
        base: made.base,
        parts,
        before: (await world.records.get('images'))?.[releaseRecord(plan)],
        command: start.command,
        noCommand: start.command ? '' : `${start.why}. ${start.next}`,
        startNotices: startNotices(plan, start, settings ? undefined : withoutSettings(house, inputs)),
        trialEnv: inputs.env,
        labels: printed,
        platform: made.platform,
        epoch: plan.epoch,
    };
}
/** The labels of a release, without its fingerprint. */
async function labelsOf(world, plan, house, made) {
    return planLabels({
        metadata: house.metadata,
        version: made.version,
        revision: plan.revision,
        epoch: plan.epoch,
        python: house.target.python,
        extras: made.chosen,
        lockSha256: house.lockSha256,
        source: await source_label_sourcePrint(world, made.inputs, plan),
        parent: made.origin.name,
        parentDigest: made.origin.digest,
    }, world.context, made.inputs.labels);
}
/** The image of that fingerprint where this daemon still has it: then nothing needs to be built. */
async function findRelease(world, request) {
    const found = await world.docker.inspect(fingerprintReference(request), true);
    if (!found)
        return undefined;
    checkPlatform('release', found, request.platform);
    return resultOf(request, found, 'unchanged');
}
/** Builds the release image offline; it has no name yet but that of this run. @returns it, and the build that made it */
async function buildRelease(world, settings, request) {
    const reference = unfinishedName(world, 'release');
    if (request.before) {
        const changed = changedParts(request.before, request.parts);
        world.log.info(`  ${changed.length > 0 ? `changed: ${changed.join(', ')}` : 'unchanged, but no longer on this daemon'}`);
    }
    const build = { ...release_image_buildOf(request), target: 'release', tags: [reference] };
    await buildTarget(world, settings, build);
    const built = await world.docker.inspect(reference, true);
    if (!built)
        throw new Error(`${reference} was built but is not on the daemon`);
    checkPlatform('release', built, request.platform);
    return { result: resultOf(request, built, 'built'), build };
}
/** What every build of the release's stages takes. */
function release_image_buildOf(request) {
    return {
        dockerfile: request.dockerfile,
        base: request.base,
        ...(request.tools ? { tools: request.tools } : {}),
        ...(request.workshop ? { workshop: request.workshop } : {}),
        ...(Object.keys(request.trialEnv).length > 0 ? { trialEnv: request.trialEnv } : {}),
        offline: true,
        epoch: request.epoch,
        hears: request.hears,
        onStage: request.onStage,
        onMessage: request.onMessage,
    };
}
function resultOf({ references, command, noCommand, startNotices: notices }, { id, size, labels }, how) {
    return { references, id, size, how, command, noCommand, notices, labels };
}
function fingerprintReference(request) {
    return `${request.name}:${fingerprintTag(fingerprint(request.parts))}`;
}

;// CONCATENATED MODULE: ./lib/run/images/test-image.js















/** The test image or the dev image by its fingerprint's tag: found on this machine, or built. */
async function makeSideImage(world, setup, wanted) {
    const { kind, plan, request, house, release } = wanted;
    const shelf = await ensureShelf(world, setup, { request, house });
    const name = repositoryName(plan.repository, `-${kind}`);
    const stages = await stagesOf(world, wanted, shelf);
    const parts = {
        kind,
        release: release.id,
        wheels: fingerprint(Object.fromEntries(shelf.wheels.map((wheel) => [wheel.file, wheel.sha256]))),
        'Debian packages': fingerprint(shelf.debian),
        source: fingerprint(house.source.parts),
        settings: sha256(renderTest(stages)),
        scripts: await scriptsPrint(world, 'install', 'system'),
    };
    const print = fingerprint(parts);
    const reference = `${name}:${fingerprintTag(print)}`;
    const tag = `${name}:${plan.tags.primary}`;
    const found = plan.settings.anew ? undefined : await world.docker.inspect(reference, true);
    if (found)
        return { result: { reference: tag, id: found.id, size: found.size, how: 'unchanged' } };
    const record = `${kind}${plan.suffix}`;
    const before = (await world.records.get('releases'))?.[record];
    if (before)
        world.log.info(`  changed: ${changedParts(before, parts).join(', ')}`);
    const labelled = { ...stages, labels: { ...stages.labels, 'io.pypackager.fingerprint': print } };
    const tools = await uvOfRelease(world, setup);
    await layOutProject(world, house.source);
    await layOutWheels(shelf.world, shelf.wheels.map((wheel) => wheel.file), Object.keys(shelf.debian));
    const from = unfinishedName(world, 'from');
    await world.docker.tag(release.id, from);
    const unfinished = unfinishedName(world, kind);
    await buildTarget(world, plan.settings, {
        dockerfile: shelf.dockerfile + renderTest(labelled),
        target: kind,
        tags: [unfinished],
        localOnly: true,
        base: setup.base,
        release: from,
        tools,
        offline: true,
    }).finally(() => world.docker.untag(from));
    const built = await world.docker.inspect(unfinished, true);
    if (!built)
        throw new Error(`${unfinished} was built but is not on the daemon`);
    const { id, size } = built;
    return { result: { reference: tag, id, size, how: 'built' }, unfinished: { id, name, record, parts } };
}
/** Nothing is resolved where the test image takes the extras that the release has. */
async function ensureShelf(world, setup, { request, house }) {
    const { inputs } = request;
    const test = {
        extras: [...new Set([...inputs.extras, ...inputs.testExtras])],
        groups: [...new Set([...inputs.groups, ...inputs.testGroups])],
    };
    if ((0,lib_inputs/* chosenNames */.Fg)(test).length > (0,lib_inputs/* chosenNames */.Fg)(inputs).length)
        return fillTestShelf(world, setup, { request, house, test });
    await world.files.remove(inWheelhouse(world, TEST_SHELF));
    return withoutShelf(world, house);
}
async function stagesOf(world, { plan, inputs, house, release }, shelf) {
    const { project } = plan;
    const paths = house.source.snapshot.map((file) => file.path);
    const settings = otherSettings(paths, inputs.imageEnv.DJANGO_SETTINGS_MODULE ?? project.django?.settings, project.pytestSettings);
    const dev = settings.dev ?? settings.test;
    const named = (module) => (module ? { DJANGO_SETTINGS_MODULE: module } : {});
    if (settings.test)
        world.log.info(`  DJANGO_SETTINGS_MODULE=${settings.test} in the test image`);
    const django = house.wheels.some(({ name }) => name === 'django');
    return {
        wheels: shelf.wheels.length > 0,
        debian: Object.keys(shelf.debian).length > 0,
        uid: plan.uid,
        env: {
            test: named(settings.test),
            dev: {
                ...named(dev),
                PYTHONPATH: pythonPath(house, release.command) || WORK,
                PYTHONDONTWRITEBYTECODE: '1',
                HOME: '/tmp',
            },
        },
        labels: {},
        devCommand: django ? ['sh', '-c', `exec python -m django runserver 0.0.0.0:\${PORT:-8000}`] : reloading(release.command?.argv),
    };
}
/** A start command whose server looks for changes of the source. */
function reloading(argv = []) {
    const [shell, flag, line = ''] = argv;
    const reloads = shell === 'sh' && flag === '-c' && /^exec (uvicorn|gunicorn|hypercorn) (?!.*--reload\b)[^;&|\n]*$/.test(line);
    return reloads ? [shell, flag, `${line} --reload`] : undefined;
}

// EXTERNAL MODULE: ./lib/inputs/shell-words.js
var shell_words = __webpack_require__(4055);
;// CONCATENATED MODULE: ./lib/judge/checks/failure-causes.js

/** @see https://docs.python.org/3/library/errno.html */
const NOT_FOUND = /\[Errno 2\] No such file or directory: b?['"]([^'"]+)['"]/;
const DENIED = /\[Errno (?:13|30)\] (?:Permission denied|Read-only file system): b?['"](\/[^'"]+)['"]/;
const failure_causes_DATABASE = /\b(OperationalError|InterfaceError|DatabaseError)\b|no such table|relation "[^"]*" does not exist|(connection to server|connect to (MySQL|MariaDB|Redis|MongoDB|server)).*(failed|refused|Can't)|Error \d+ connecting to|ServerSelectionTimeoutError/i;
const SETTING = /^(?:[\w.]*\.)?(KeyError: '[A-Z][A-Z0-9_]*'|ImproperlyConfigured\b|UndefinedValueError|ValidationError\b.*|MissingSettingError)|environment variable|Field required|DECOUPLE/;
/** Characters of a line that are looked at: patterns are slow on what is far longer. */
const failure_causes_LONGEST = 2000;
/**
 * Why an application does not start or answer, by the line that tells of its end.
 * @returns undefined where the line fits no kind
 */
function causeOf(said) {
    const line = said.slice(-failure_causes_LONGEST);
    return killed(line) ?? otherPython(line) ?? missing(line) ?? denied(line) ?? database(line) ?? missingPath(line) ?? setting(line);
}
/** An exception of Python at the end of a traceback, or what a program calls an error. */
const EXCEPTION = /^(?:[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Warning|Configured|NotFound|DoesNotExist)\b|[\w./-]+: (?:fatal |error\b)|(?:fatal |error)[\w ]*:)/i;
/** The line of a program's last words that tells why it failed: the last exception, else the last line; '' where it said nothing. */
function tellingLine(tail) {
    const lines = tail.map((line) => line.slice(0, failure_causes_LONGEST).trim()).filter(Boolean);
    return lines.findLast((line) => EXCEPTION.test(line)) ?? lines.at(-1) ?? '';
}
/** The kernel's end of a process, as Python's subprocess and a container's exit code tell it. */
function killed(line) {
    if (!/\bended with code (-9|137)\b/.test(line))
        return undefined;
    return { kind: 'memory', next: 'It was killed, most likely for want of memory: use a runner with more.' };
}
/**
 * What left Python and its library, by the words of code that was made for an older one.
 * @see https://docs.python.org/3/whatsnew/3.13.html#pep-594-remove-dead-batteries-from-the-standard-library
 */
const LEFT_PYTHON = /No module named '(?:aifc|asynchat|asyncore|audioop|cgi|cgitb|crypt|distutils|imghdr|imp|lib2to3|mailcap|nntplib|pipes|smtpd|sndhdr|telnetlib|xdrlib)'|cannot import name '\w+' from 'collections'|module '(?:asyncio|collections|configparser|inspect|pkgutil)' has no attribute '(?:coroutine|[A-Z]\w+|getargspec|formatargspec)'/;
function otherPython(line) {
    if (!LEFT_PYTHON.test(line))
        return undefined;
    const next = 'This was made for an older Python: require a newer version of what asks for it, or set python-version (or parent-image) to that Python.';
    return { kind: 'python', next };
}
/** A program or a library of the system. */
function missing(line) {
    const next = missingHint(line);
    return next === undefined ? undefined : { kind: 'system', next };
}
function denied(line) {
    const path = DENIED.exec(line)?.[1];
    if (path) {
        return {
            kind: 'permission',
            next: `The user of the image may not write ${path}: name its folder in the input writable, or give it another path.`,
        };
    }
    if (/unable to open database file/.test(line)) {
        const why = "The database's folder is not there, or the user of the image may not write it";
        return { kind: 'permission', next: `${why}: name it in the input writable, which makes it, or give it another path.` };
    }
    if (!/attempt to write a readonly database/.test(line))
        return undefined;
    return {
        kind: 'permission',
        next: "The user of the image may not write the database's folder: name it in the input writable, or give it another path.",
    };
}
function database(line) {
    if (!failure_causes_DATABASE.test(line))
        return undefined;
    const tables = /no such table|relation "[^"]*" does not exist/i.test(line);
    return {
        kind: 'database',
        next: tables
            ? 'Its database has no tables yet, as the checks have none: "pypackager manage migrate" or the like makes them where it runs.'
            : 'It asks for a database or a service, which the checks have not: where it runs, its address is given as it expects it (env, a service beside it).',
    };
}
function missingPath(line) {
    const path = NOT_FOUND.exec(line)?.[1] ?? /Directory ['"]([^'"]+)['"] does not exist/.exec(line)?.[1];
    if (path === undefined)
        return undefined;
    return {
        kind: 'path',
        next: `${path} is not in the image: mount it where it runs, or put it into the source and name it by the module's own file.`,
    };
}
function setting(line) {
    if (line.includes('DJANGO_SETTINGS_MODULE')) {
        return { kind: 'setting', next: 'Nothing names the settings of Django: set DJANGO_SETTINGS_MODULE in the input image-env.' };
    }
    return SETTING.test(line) ? { kind: 'setting', next: 'It wants a setting: give the checks one by the input env.' } : undefined;
}

;// CONCATENATED MODULE: ./lib/plan/command-lines.js

/**
 * One command for all lines: they share a container, so that what one writes the next one finds.
 * @param driver the text of src/stages/commands/lines.sh
 * @param mark a word that no program knows: what is printed after each line begins with it
 */
function linesCommand(driver, mark, commands) {
    return ['sh', '-c', driver, 'lines', mark, ...commands.flatMap(({ limit, shell }) => [String(limit), shell])];
}
/** Words as a line that a shell reads as these very words. */
function shellLine(words) {
    return words.map(shellQuote).join(' ');
}
/**
 * The command that finds the project's management program in the image and becomes it.
 * @param finder the text of src/stages/commands/manage.py
 * @param project the name of the project's distribution, whose console scripts may do manage.py's work
 * @param words what manage.py gets, as they are
 */
function manageCommand(finder, project, words) {
    return ['python', '-c', finder, project, ...words];
}

;// CONCATENATED MODULE: ./lib/plan/services.js
/** Schemes of databases, caches and queues, with the port that is meant where none stands. */
const PORTS = new Map([
    ['postgres', 5432],
    ['postgresql', 5432],
    ['postgis', 5432],
    ['psql', 5432],
    ['pgsql', 5432],
    ['mysql', 3306],
    ['mariadb', 3306],
    ['mssql', 1433],
    ['redis', 6379],
    ['rediss', 6379],
    ['valkey', 6379],
    ['amqp', 5672],
    ['amqps', 5671],
    ['mongodb', 27017],
    ['memcached', 11211],
    ['memcache', 11211],
]);
/**
 * The services that URLs in the environment point to, such as `DATABASE_URL=postgresql://ada:…@db:5432/shop`; the
 * scheme may name a driver too (`postgresql+psycopg`). Each host and port once, by the first variable that names it.
 */
function servicesIn(env) {
    const found = new Map();
    for (const [variable, value] of Object.entries(env)) {
        const url = /^([a-z]+)(?:\+[a-z0-9_]+)?:\/\/(?:[^/?#]*@)?([^/?#@]+)/i.exec(value.trim());
        const usual = PORTS.get(url?.[1]?.toLowerCase() ?? '');
        if (!url || usual === undefined)
            continue;
        for (const place of (url[2] ?? '').split(',')) {
            const [, host = '', port] = /^(\[[0-9a-f:]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(place) ?? [];
            const service = { variable, host: host.replace(/^\[|\]$/g, ''), port: port ? Number(port) : usual };
            const name = `${service.host}:${service.port}`;
            if (host && !found.has(name))
                found.set(name, service);
        }
    }
    return [...found.values()];
}

;// CONCATENATED MODULE: ./lib/run/prepare/mount-probe.js



const AT = '/pypackager-seen';
/** Says of each mount whether it holds the name that is looked for, or how long the file is. */
const LOOK = `for mark; do
  at="${AT}/$((n += 1))"
  if [ ! -d "$at" ]; then stat -L -c 'file %s' "$at"; elif [ -z "$mark" ] || [ -e "$at/$mark" ]; then echo folder; else echo none; fi
done`;
/**
 * A daemon on another machine, or beside the container that this job runs in, has other folders: what is mounted from
 * there would be empty, or somebody else's. So a container is asked whether it sees what we see.
 * @throws UserError that names the volume
 */
async function refuseUnseen(world, image, { hosts, user }) {
    if (hosts.length === 0)
        return;
    const marks = [];
    try {
        for (const host of hosts)
            marks.push(await markOf(world, host));
        const report = await world.docker.run({
            image,
            entrypoint: 'sh',
            command: ['-c', LOOK, 'look', ...marks.map(({ name }) => name)],
            user: user ?? '0',
            binds: hosts.map((host, i) => ({ source: host, target: `${AT}/${i + 1}`, readOnly: true })),
        });
        const missing = report.code === 125 ? [...report.stderr.matchAll(/path does not exist: (.*?)\.?$/gm)].map(([, at]) => at) : [];
        const absent = hosts.find((host) => missing.includes(host));
        if (absent)
            throw unseen(absent);
        const lines = report.stdout.trim().split('\n');
        if (report.code !== 0 || lines.length !== hosts.length) {
            world.log.notice(`Whether Docker sees the folders of volumes could not be looked at: ${report.stderr.trim().split('\n').at(-1)}`);
            return;
        }
        for (const [i, host] of hosts.entries()) {
            const folder = (await world.files.status(host))?.folder;
            const expected = folder ? 'folder' : `file ${await world.files.size(host)}`;
            if (lines[i] !== expected)
                throw unseen(host);
        }
    }
    finally {
        for (const { made } of marks)
            if (made)
                await world.files.remove(made);
    }
}
/** A name that only this folder has; where we may not write, one that it has. */
async function markOf({ files }, host) {
    if (!(await files.status(host))?.folder)
        return { name: '', made: '' };
    const name = `.pypackager-${(0,external_node_crypto_.randomUUID)()}`;
    const made = external_node_path_.join(host, name);
    return files.write(made, '').then(() => ({ name, made }), async () => ({ name: (await files.list(host))[0] ?? '', made: '' }));
}
function unseen(host) {
    return new errors/* UserError */.yo('inputs', `the Docker daemon does not see ${host}, which a volume names`, 'A job in a container, or a daemon elsewhere, has other folders: run the job without container, or name a volume of Docker.', { input: 'volumes' });
}

;// CONCATENATED MODULE: ./lib/run/commands/container-commands.js











/**
 * Runs lines one after the other in one container of an image. Services that `env` names are waited for first. What a
 * command prints is shown as it comes.
 * @param project the name of the project's distribution
 * @throws UserError with the line and its exit code, for the first that fails or takes longer than its limit
 */
async function runLines(world, image, project, settings, wanted) {
    const commands = await Promise.all(wanted.flatMap(({ kind, lines }) => lines.map((line) => commandOf(world, project, kind, line, settings.timeout))));
    if (commands.length === 0)
        return [];
    const container = await makeContainer(world, image, settings);
    await awaitServices(world, image, settings);
    const mark = `pypackager-${(0,external_node_crypto_.randomUUID)()}`;
    const teller = container_commands_tell(world, commands, mark);
    const limit = commands.reduce((sum, { limit }) => sum + limit + 60, 0) * 1000;
    const command = linesCommand(await stageScript(world, 'commands', 'lines.sh'), mark, commands);
    const report = await world.docker.run({ ...container, command, limit, onLine: teller.onLine }).finally(teller.end);
    const failed = commands[teller.passed.length] ?? (report.code === 0 ? undefined : commands.at(-1));
    if (failed)
        throw failure(failed, report, teller.tail, teller.seconds());
    return teller.passed;
}
/**
 * The container that commands of these settings run in: volumes made ready, and the user who goes with them. Whoever
 * is not the image's own user has no home there, so it is /tmp.
 */
async function makeContainer(world, image, settings) {
    const mounts = await makeMounts(world, settings.volumes);
    await refuseUnseen(world, image, mounts);
    const { volumes, binds, user } = mounts;
    if (user)
        world.log.info(`  as ${user}, to whom the folder belongs that is mounted`);
    return {
        image,
        env: { ...(user ? { HOME: '/tmp' } : {}), ...settings.env },
        ports: settings.ports,
        volumes,
        binds,
        ...(settings.network ? { network: settings.network } : {}),
        ...(user ? { user } : {}),
    };
}
/** The command for `manage` and these words, which finds the project's management program in the image. */
async function managementCommand(world, project, words) {
    return manageCommand(await stageScript(world, 'commands', 'manage.py'), project, words);
}
const WAIT_SECONDS = 30;
/**
 * Waits until each host and port that a URL in `env` names takes connections, as seen from a container of the image
 * in the same network.
 * @throws UserError naming the variable, host and port (the rest of a URL may be secret) where it took longer than that
 */
async function awaitServices(world, image, { env, network }, seconds = WAIT_SECONDS) {
    const services = servicesIn(env);
    if (services.length === 0)
        return;
    const places = services.map(({ host, port }) => `${host}:${port}`);
    const start = performance.now();
    const report = await world.docker.run({
        image,
        command: ['python', '-', String(seconds), ...places],
        input: await stageScript(world, 'commands', 'wait.py'),
        limit: (seconds + 15) * 1000,
        ...(network ? { network } : {}),
    });
    if (report.code !== 0)
        throw failure({ kind: 'run', line: `wait for ${places.join(', ')}` }, report, report.stderr.split('\n').filter(Boolean), 0);
    const [place = '', reason = ''] = /^(\S+) (.*)$/m.exec(report.stdout)?.slice(1) ?? [];
    const missing = services[places.indexOf(place)];
    if (missing) {
        throw new errors/* UserError */.yo('services', `${missing.variable} names ${place}, which took no connection in ${seconds} s ${network ? `in the network ${network}` : "in the daemon's own network"}: ${reason}`, network
            ? 'Check the name and port of the service, and its health.'
            : 'Set network to that of the services, such as job.container.network or host.');
    }
    world.log.info(`  ${places.join(', ')} ${places.length > 1 ? 'answer' : 'answers'} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}
async function commandOf(world, project, kind, line, timeout) {
    const shell = kind === 'manage' ? shellLine(await managementCommand(world, project, (0,shell_words/* splitWords */.y)('manage', line))) : line;
    return { kind, line, shell, limit: (0,time_limits/* limitOf */.LF)(kind, timeout) };
}
const FLUSH_MS = 200;
const TAIL = 20;
/** Of a tail's line, in characters. */
const TAIL_LINE = 2000;
/** What is shown of one line's output, in characters: a log of more is read by nobody, and kept by no runner. */
const container_commands_SHOWN = 8 << 20;
const HEARTBEAT_MS = 15_000;
/** Tells which line is at work, what it prints (soon, but several lines at a time: each call of the log costs two lines of the runner's) and what passed. */
function container_commands_tell({ log }, commands, mark) {
    const passed = [];
    const waiting = [];
    const tail = [];
    let started = performance.now();
    let heard = started;
    let shown = 0;
    let hidden = 0;
    const flush = () => {
        if (waiting.length > 0)
            log.foreign(waiting.splice(0).map((line) => `  | ${line}`));
    };
    /** What was left out is told, with the last lines of it. */
    const settle = () => {
        flush();
        if (hidden > 0)
            log.foreign([`  | … ${Math.ceil(hidden / 2 ** 20)} MB more not shown`, ...tail.map((line) => `  | ${line}`)]);
        shown = 0;
        hidden = 0;
    };
    const beat = () => {
        const now = performance.now();
        const at = commands[passed.length];
        if (!at || now - heard < HEARTBEAT_MS)
            return;
        heard = now;
        const seconds = Math.round((now - started) / 1000);
        log.info(`  … ${at.kind} still at work (${seconds} s, ${(0,time_limits/* inWords */.r4)((0,time_limits/* leftOf */.lC)(at.limit, started))} left)`);
    };
    const begin = (next) => {
        if (next)
            log.info(`  ${next.kind}: ${next.line}`);
        started = performance.now();
        heard = started;
    };
    const timer = setInterval(() => {
        flush();
        beat();
    }, FLUSH_MS);
    begin(commands[0]);
    return {
        passed,
        tail,
        seconds: () => (performance.now() - started) / 1000,
        onLine(line) {
            // A last line without its end stands before the mark.
            const [text = '', code] = line.split(`${mark} `);
            if (text || code === undefined) {
                heard = performance.now();
                if (shown < container_commands_SHOWN)
                    waiting.push(text);
                else
                    hidden += text.length + 1;
                shown += text.length + 1;
                tail.push((0,words/* shorten */.ml)(text, TAIL_LINE));
                if (tail.length > TAIL)
                    tail.shift();
            }
            const done = commands[passed.length];
            if (code !== '0' || !done)
                return;
            settle();
            tail.length = 0;
            passed.push({ kind: done.kind, line: done.line, seconds: (performance.now() - started) / 1000 });
            begin(commands[passed.length]);
        },
        end() {
            clearInterval(timer);
            settle();
        },
    };
}
/** What `timeout` ends with, the second where it had to kill. */
const STOPPED = [124, 137];
function failure({ kind, line, limit = Number.POSITIVE_INFINITY }, report, tail, seconds) {
    const shown = `"${(0,words/* shorten */.ml)(line, 100)}"`;
    const error = (cause, next) => new errors/* UserError */.yo(kind, `${shown} ${cause}`, next, { details: [...tail] });
    if (report.timedOut || (STOPPED.includes(report.code) && seconds >= limit))
        return error(`took longer than ${(0,time_limits/* inWords */.r4)(limit)} and was stopped`, `${time_limits/* LONGER */.Mh} Nothing was pushed.`);
    const docker = /^docker: (?:Error response from daemon: )?(.*)$/m.exec(report.stderr)?.[1];
    if (report.code === 125 && docker)
        return error(`was not started: ${docker}`, 'Check network, ports and volumes.');
    const own = /^pypackager: error: (.*)$/m.exec(report.stderr)?.[1];
    if (kind === 'manage' && own)
        return error(`was not started: ${own}`, 'Put manage.py into the wheel (scripts), or set DJANGO_SETTINGS_MODULE.');
    const why = report.code === 137 ? ' (killed, perhaps for memory)' : '';
    const said = tellingLine(tail);
    return error(`ended with code ${report.code}${why}${said ? `: ${said}` : ''}`, `${commandNext(said)} Nothing was pushed.`);
}
/** What to do about a command that failed, by the line that tells why. */
function commandNext(said) {
    const cause = causeOf(said);
    if (cause?.kind === 'database')
        return 'Set network to that of the services (job.container.network or host), and their address in env.';
    if (cause?.kind === 'setting')
        return 'Give it the setting in env.';
    return cause?.kind === 'path' || !cause ? 'Its last lines are above.' : cause.next;
}

;// CONCATENATED MODULE: ./lib/run/commands/tests-and-commands.js



/** What the tests of an image take that the release has not, made beforehand: with that the test image takes no index. */
async function fillTestWheels(world, setup, { request, house }) {
    const { inputs } = request;
    if (inputs.testExtras.length + inputs.testGroups.length === 0)
        return;
    const { wheels } = await ensureShelf(world, setup, { request, house });
    const files = wheels.map(({ file }) => file);
    await showTestWheels(world, files);
    world.log.info(`  ${wheels.length} more for the test image: ${wheels.map(({ name }) => name).join(', ') || 'the release has them all'}`);
}
/** What the release goes through before it is pushed: the test image and its commands, and the commands of its own. */
class Exercise {
    run;
    images = {};
    /** Those that were built in this run. */
    unfinished = [];
    passed = [];
    constructor(run) {
        this.run = run;
    }
    /** The dev image, or the test image where something is asked of it. */
    async makeImages(setup, request, release) {
        const { target, testCommand, testExtras, testGroups } = this.run.inputs;
        if (target === 'dev')
            await this.makeImage('dev', setup, request, release);
        else if (target === 'test' || testCommand.length + testExtras.length + testGroups.length > 0) {
            await this.makeImage('test', setup, request, release);
        }
    }
    /** The lines of `test-command`, which must pass in the test image. */
    async test() {
        const { test } = this.images;
        const { inputs, world } = this.run;
        if (test && inputs.target === 'test' && inputs.testCommand.length === 0) {
            world.log.notice('Nothing ran in the test image: test-command is not set, such as test-command: pytest.');
        }
        if (test)
            await this.runLines(test.id, '', 'the test image', [{ kind: 'test-command', lines: inputs.testCommand }]);
    }
    /** The lines of `manage`, then those of `run`, in the release. */
    async commands({ house, result }) {
        const { manage, run } = this.run.inputs;
        const lines = [{ kind: 'manage', lines: manage }, { kind: 'run', lines: run }];
        await this.runLines(result.id, house.metadata.name, 'the release', lines);
    }
    /** Each image with the tag that it carries when all went well. */
    tagged() {
        return Object.values(this.images).map(({ id, reference }) => [id, reference]);
    }
    results() {
        return { ...this.images, commands: this.passed };
    }
    async makeImage(kind, setup, request, { house, result: release }) {
        const { world, plan, inputs, steps } = this.run;
        this.images[kind] = await steps.take(kind, async () => {
            const { result: image, unfinished } = await makeSideImage(world, setup, { kind, plan, inputs, request, house, release });
            if (unfinished)
                this.unfinished.push(unfinished);
            const how = image.how === 'unchanged' ? 'nothing changed: the image was here already' : 'built';
            world.log.info(`  ${image.reference}: ${how}`);
            return [how, image];
        });
    }
    async runLines(image, project, where, wanted) {
        if (wanted.every(({ lines }) => lines.length === 0))
            return;
        const { world, inputs, steps } = this.run;
        const done = await steps.take('commands', async () => {
            const results = await runLines(world, image, project, inputs, wanted);
            return [`${results.length} passed in ${where}`, results];
        });
        this.passed.push(...done);
    }
}

;// CONCATENATED MODULE: ./lib/run/lock/describe-target.js








/** What wheels are chosen for, as the image itself tells it; kept, as it is the same for the same image. */
async function ensureTarget(world, setup) {
    const kept = await world.records.get('target');
    const parts = { image: setup.base.split(':').at(-1) ?? '', scripts: await scriptsPrint(world, 'target') };
    if (kept && JSON.stringify(kept.parts) === JSON.stringify(parts))
        return kept.target;
    const output = external_node_path_.join(world.paths.temp, 'target');
    await world.files.remove(output);
    const asking = buildTarget(world, setup.settings, {
        dockerfile: setup.dockerfile,
        base: setup.base,
        target: 'target-files',
        context: 'leanContext',
        output,
        offline: true,
    });
    await allDone([asking, ensureUvImage(world, setup)]); // whoever does not know its target will have to resolve
    const told = { folder: output, file: 'target.json', step: 'base', from: 'the base image', what: 'description of Python and its system' };
    const target = await readAnswer(world, told, targetSchema);
    if (!target)
        throw new errors/* UserError */.yo('base', 'the base image told nothing of its Python', 'See base-image and parent-image.');
    world.records.set('target', { parts, target });
    return target;
}

;// CONCATENATED MODULE: ./lib/run/wheels/build-command.js










const build_command_SHOWN = 5;
/**
 * Runs the user's commands in the builder, without a network: the source is at /application, the wheels are at
 * /wheelhouse and installed. What they change is a change of the source for all that follows; the user's own
 * files stay as they are.
 * @param wheels file names in the wheelhouse
 * @throws UserError naming the line that failed
 */
async function runBuildCommand(world, setup, { plan, inputs }, { source, wheels }) {
    const { buildCommand, secrets } = inputs;
    const builder = await setup.builder([]);
    const tools = await ensureUvImage(world, setup);
    await layOutSource(world, source);
    await layOutWheels(world, wheels, []);
    await world.files.write(external_node_path_.join(world.paths.context, 'build-command', 'commands.json'), JSON.stringify(buildCommand));
    const output = external_node_path_.join(world.paths.temp, 'build-command');
    await world.files.remove(output);
    const seconds = await buildTarget(world, setup.settings, {
        dockerfile: setup.dockerfile + renderBuildCommand(Object.keys(secrets).sort(), plan.epoch),
        target: 'build-command-files',
        output,
        base: setup.base,
        builder,
        tools,
        offline: true,
        secrets: await layOutUserSecrets(world, secrets),
    });
    const folder = external_node_path_.join(output, 'files');
    const told = { folder: output, file: 'removed.json', step: 'build-command', from: 'build-command', what: 'list of removed files' };
    const removed = (await readAnswer(world, told, (0,grammar/* listOf */.c3)(grammar/* pathBelow */.Br, 1_000_000))) ?? [];
    const changed = (await world.source.made(folder)).map((file) => ({ ...file, folder }));
    const gone = new Set([...removed, ...changed.map((file) => file.path)]);
    const snapshot = [...source.snapshot.filter((file) => !gone.has(file.path)), ...changed].sort((a, b) => (a.path < b.path ? -1 : 1));
    const names = [...changed.map((file) => file.path), ...removed.map((name) => `${name} (removed)`)];
    world.log.info(`  build-command: ${seconds.toFixed(1)} s; changed: ${(0,words/* listed */.KE)(names, build_command_SHOWN) || 'nothing'}`);
    return { ...source, snapshot, parts: { ...source.parts, source: sourcePrint(snapshot) } };
}

;// CONCATENATED MODULE: ./lib/project/layout/package-contents.js
/** An application without a wheel is what its folder holds. */
function sourceContents({ roots }) {
    return { scripts: {}, roots };
}
/** What stays true while the files that define the project are the same: all but the names of its modules. */
function lasting({ scripts, roots }) {
    return { scripts, roots };
}

;// CONCATENATED MODULE: ./lib/run/wheelhouse-folder/wheel-contents.js



/** Reads a wheel in the wheelhouse; nothing of it is run. */
async function wheelContents(world, snapshot, file) {
    const wheel = inWheelhouse(world, file);
    const names = await world.archives.list(wheel);
    const entries = names.find((name) => /^[^/]+\.dist-info\/entry_points\.txt$/.test(name));
    const text = entries === undefined ? undefined : await world.archives.readMember(wheel, entries);
    const paths = snapshot.map((source) => source.path);
    return { scripts: consoleScripts(text ?? ''), roots: sourceRoots(paths, names), names };
}

;// CONCATENATED MODULE: ./lib/run/wheels/project-metadata.js













const ASSUMED = 'pyproject.toml has no [build-system]: setuptools builds the wheel, as pip does ([tool.uv] package = false takes the source as it is)';
/** What the project says: by its wheel, by the wheel before where that may be believed, or by its files where it has none. */
async function projectMetadata(world, setup, question) {
    const { project } = question.plan;
    if (project.sourceOnly !== undefined) {
        world.log.info(`  no wheel of the project, as ${project.sourceOnly}: its source goes to /app (${project.wheelBy})`);
        const source = withBuildLock(await project_metadata_readSource(world, setup, question), '');
        const { metadata } = project;
        return { app: undefined, metadata, contents: sourceContents(project), source, workshop: async () => setup.base, buildLock: '' };
    }
    if (project.assumedBackend)
        world.log.info(`  ${ASSUMED}`);
    const known = await world.records.get('own');
    const same = known?.definition === sha256(project.definition);
    let needs = same ? known : { requires: [], compiled: project.compiled };
    const reading = project_metadata_readSource(world, setup, question);
    for (let attempt = 1;; attempt++) {
        const facts = await factsWith(world, setup, question, { needs, reading });
        if (!('build' in facts))
            return facts;
        const more = await buildNow(world, setup, question, { needs, facts, attempt });
        if (!('next' in more))
            return more;
        needs = more.next;
    }
}
async function factsWith(world, setup, { plan, target, first, releaseFollows }, { needs: { requires, compiled }, reading }) {
    const { project } = plan;
    const set = [...project.buildRequires, ...requires];
    const [locks, read] = await allDone([ensureBuildLocks(world, setup, target, [set]), reading]);
    const buildLock = locks.get(setName(set)) ?? '';
    const source = withBuildLock(read, buildLock);
    const names = namesIn(project.buildRequires.join(' '));
    const common = { source, buildLock, workshop: compiled ? () => setup.builder([...names]) : async () => setup.base };
    const kept = first ? undefined : await keptProjectWheel(world, source.parts);
    if (kept) {
        world.log.info(`  ${kept.file}: the source is unchanged`);
        return { ...common, ...(await factsOf(world, source, kept)) };
    }
    // What a compiled wheel links is known only when it is there.
    const told = first || (releaseFollows && !compiled) ? await world.records.get('told') : undefined;
    if (told?.definition === sha256(project.definition)) {
        return { ...common, app: undefined, metadata: told.requirements, contents: told.contents };
    }
    return { ...common, build: true };
}
/** What the project's wheel says. */
async function factsOf(world, source, app) {
    const contents = await wheelContents(world, source.snapshot, app.file);
    return { app, metadata: requirementsOf(parseMetadata(app.metadata)), contents };
}
/** Builds the wheel. @returns its facts, or what the next attempt needs */
async function buildNow(world, setup, { plan: { project } }, { needs, facts, attempt }) {
    const { requires, compiled } = needs;
    const { build: _, ...common } = facts;
    try {
        await layOutProject(world, facts.source);
        const made = await makeProjectWheel(world, setup, { source: facts.source, workshop: await facts.workshop() });
        if ('requires' in made) {
            if (attempt === ATTEMPTS)
                throw asksOn(project.name, made.requires);
            world.log.info(`  the build backend asks for ${made.requires.join(', ')} too`);
            return { next: { compiled, requires: [...new Set([...requires, ...made.requires])] } };
        }
        world.log.info(`  ${made.file}: built in ${made.seconds.toFixed(1)} s${compiled ? ' in the builder' : ''}`);
        const own = await factsOf(world, facts.source, made);
        rememberProject(world, project.definition, own);
        world.records.set('own', { definition: sha256(project.definition), requires, compiled });
        return { ...common, ...own };
    }
    catch (error) {
        if (compiled || attempt === ATTEMPTS || !isBuildFault(error) || !wantsCompiler([error.reason, ...error.details]))
            throw error;
        world.log.info('  the project did not build without a compiler; once more with one');
        return { next: { requires, compiled: true } };
    }
}
/** Keeps what the project's wheel says, for runs in which the files that define it are the same. */
function rememberProject(world, definition, { metadata, contents }) {
    world.records.set('told', { definition: sha256(definition), requirements: metadata, contents: lasting(contents) });
}
/** The source as it is now, and what else its wheel is made from but the build requirements. */
async function project_metadata_readSource(world, setup, { plan, source: changed }) {
    const { ownVersion, epoch, project } = plan;
    const { paths, context } = world;
    const snapshot = changed?.snapshot ?? withFiles(await world.source.snapshot(paths.project, paths.wheelhouse, [], context.workspace), ownVersion.files);
    const above = await filesAbove(world, { folder: paths.project, top: context.workspace }, project.above);
    const parts = {
        source: sourcePrint(snapshot),
        dockerignore: sha256((await readIgnore(world)) ?? ''),
        commit: String(epoch),
        version: JSON.stringify(ownVersion.env),
        parent: setup.system,
        recipe: await scriptsPrint(world, 'wheel'),
        ...(above && { above: sourcePrint(above) }),
    };
    return { snapshot, parts, ...(above && { above }) };
}
function withBuildLock({ parts, ...source }, buildLock) {
    return { ...source, parts: { ...parts, buildLock } };
}

;// CONCATENATED MODULE: ./lib/run/wheels/fill-wheelhouse.js











/**
 * Fills the wheelhouse: the project's own wheel, a lock of what it requires, and every wheel of that
 * lock by reusing, fetching or building. What was built is recorded even when a later package fails.
 *
 * Where a release follows and the files that define the project are those of the wheel before, that
 * wheel's word is taken for what this one requires: the release's build then makes the wheel on its way,
 * which saves a build, and `completeWheelhouse` compares.
 */
async function fillWheelhouse(world, setup, request) {
    try {
        const target = await ensureTarget(world, setup);
        const { lock, lockedPython, name, requiresPython } = request.plan.project;
        checkPython(lock?.file ?? '', lockedPython ?? '', target);
        checkPython(name, requiresPython ?? '', target);
        if (request.inputs.buildCommand.length === 0) {
            const learned = await projectMetadata(world, setup, { ...request, target });
            return await fill_wheelhouse_finish(world, setup, request, { target, learned, gathered: await gather(world, setup, request, { target, learned }) });
        }
        return await fillAfterCommand(world, setup, request, target);
    }
    finally {
        await world.records.save();
    }
}
/**
 * The project before and after the user's commands have changed its source, in which the wheels are installed: where it
 * requires something else then, once more with the wheels of that.
 */
async function fillAfterCommand(world, setup, request, target) {
    let before = await projectMetadata(world, setup, { ...request, target, first: true });
    for (const again of [false, true]) {
        const gathered = await gather(world, setup, request, { target, learned: before });
        const wheels = gathered.wheels.map(({ file }) => file);
        const source = await runBuildCommand(world, setup, request, { source: before.source, wheels });
        const learned = await projectMetadata(world, setup, { ...request, target, source });
        if (JSON.stringify(learned.metadata) === JSON.stringify(before.metadata)) {
            return await fill_wheelhouse_finish(world, setup, request, { target, learned, gathered });
        }
        if (!again)
            world.log.info('  after build-command the project requires something else; once more by its new word');
        before = { ...learned, source: before.source };
    }
    throw new errors/* UserError */.yo('wheels', 'build-command changes what the project requires at every run', 'Let it write the same each time.');
}
/** All wheels but the project's own, by what it says that it requires. */
async function gather(world, setup, { plan, inputs }, { target, learned }) {
    const { extras, groups } = inputs;
    const { metadata, app, buildLock } = learned;
    checkPython(metadata.name, metadata.requiresPython, target);
    const dependencies = { ...chooseDependencies(plan.project, metadata, extras, groups), added: inputs.packages };
    if (dependencies.choice)
        world.log.info(`  ${dependencies.choice}`);
    if (dependencies.byFiles) {
        for (const notice of plan.project.requirements?.notices ?? [])
            world.log.notice(notice);
        refuseUnasked(plan.project, plan.settings);
    }
    for (const warning of unaskedIndexes(askedIndexes(plan.project, dependencies.byFiles), plan.settings))
        world.log.warning(warning);
    return gatherWheels(world, setup, {
        plan,
        extras: wantedExtras(metadata, extras),
        groups,
        dependencies,
        target,
        keep: keepOf({ app, buildLock }),
        onLocked: ({ theirs }) => judgeNames(world, 'extras', unknownNames(plan.project, metadata, extras, groups, theirs)),
    });
}
async function fill_wheelhouse_finish(world, setup, { plan, inputs }, { target, learned, gathered }) {
    const { buildLock: _, ...facts } = learned;
    const shelf = await finishShelf(world, setup, gathered, {
        linked: facts.app?.packages ?? [],
        wished: inputs.runtimePackages,
        present: [],
        dockerfile: setup.dockerfile,
        week: plan.week,
        keep: keepOf(learned),
    });
    const source = plan.project.sourceOnly === undefined ? facts.source : withoutInstalled(world, facts.source, gathered.locked.files);
    return { ...facts, ...shelf, source, target };
}
function keepOf({ app, buildLock }) {
    return { files: app ? [app.file] : [], buildLocks: [buildLock] };
}
/** Wheels and sdists that are installed are of no use in /app, where the source goes without a wheel. */
function withoutInstalled(world, source, files) {
    const isInstalled = (name) => files.has(external_node_path_.join(world.paths.project, name));
    const installed = source.snapshot.filter((file) => isInstalled(file.path)).map((file) => file.path);
    if (installed.length === 0)
        return source;
    world.log.info(`  not in /app, as what they hold is installed: ${installed.join(', ')}`);
    const snapshot = source.snapshot.filter((file) => !isInstalled(file.path));
    return { ...source, snapshot, parts: { ...source.parts, source: sourcePrint(snapshot) } };
}
/** The project's wheel out of the release's build, where it was left to that and its stage is done. */
async function takeProjectWheel(world, setup, { source, workshop }) {
    return makeProjectWheel(world, setup, { source, workshop: await workshop() });
}
/**
 * The wheelhouse with the project's wheel, where that was left to the release's build.
 * @param taken the wheel, where it was taken out of that build
 * @returns undefined where the wheel says something else than the one before: then the wheelhouse must be filled by its word
 */
async function completeWheelhouse(world, setup, { house, definition, taken }) {
    if (!taken)
        await layOutProject(world, house.source);
    const app = await (taken ?? takeProjectWheel(world, setup, house));
    if ('requires' in app)
        return undefined;
    const facts = await factsOf(world, house.source, app);
    rememberProject(world, definition, facts);
    await world.records.save();
    world.log.info(`  ${app.file}`);
    return JSON.stringify(facts.metadata) === JSON.stringify(house.metadata) ? { ...house, ...facts } : undefined;
}
function checkPython(name, requires, target) {
    if (allowsPython(target.python, requires))
        return;
    throw new errors/* UserError */.yo('wheels', `${name} requires Python ${requires}, the image has ${target.python}`, 'Set python-version or parent-image.');
}

;// CONCATENATED MODULE: ./lib/run/images/custom-release.js











/**
 * The release by the user's own Dockerfile. It sees the folder `path` as a snapshot, with `wheelhouse/` of this
 * run's wheels in it, and may name BASE_IMAGE, BUILDER_IMAGE (which is made only then), PACKAGE (the project with
 * its extras and version, for pip) and RUNTIME_PACKAGES (what the compiled wheels link).
 * @param builder makes the builder
 */
async function releaseByDockerfile(world, { plan, inputs, house, made, builder }) {
    const context = external_node_path_.join(world.context.workspace, inputs.path);
    const dockerfile = await readDockerfile(world, 'dockerfile', external_node_path_.join(context, inputs.dockerfile));
    warnOfLibraries(world, house, dockerfile);
    const wheels = [...house.wheels, ...(house.app ? [house.app] : [])];
    const files = [SHELF.lock, ...wheels.map((wheel) => wheel.file)];
    const before = (await world.records.get('releases'))?.[plan.suffix];
    const { info, parts, how } = await buildOwnImage(world, plan.settings, {
        step: 'release',
        dockerfile,
        context,
        beside: Object.fromEntries(files.map((file) => [`wheelhouse/${file}`, inWheelhouse(world, file)])),
        name: plan.names.release,
        version: undefined,
        unfinished: unfinishedName(world, 'release'),
        args: {
            ...inputs.buildArgs,
            BASE_IMAGE: made.base,
            ...(mentions(dockerfile.text, 'BUILDER_IMAGE') && { BUILDER_IMAGE: await builder() }),
            PACKAGE: custom_release_packageOf(house, inputs),
            RUNTIME_PACKAGES: house.packages.join(' '),
        },
        secrets: inputs.secrets,
        labels: await labelsOf(world, plan, house, made),
        printLabel: 'io.pypackager.fingerprint',
        parts: { lock: house.lockSha256, wheels: fingerprint(Object.fromEntries(wheels.map(({ file, sha256 }) => [file, sha256]))) },
        before,
    });
    if (how !== 'reused')
        world.log.info(`  ${how}`);
    const { command } = info.config;
    const result = {
        references: plan.tags.tags.map((tag) => reference(plan.repository, tag)),
        id: info.id,
        size: info.size,
        how: how === 'reused' ? 'unchanged' : 'built',
        command: command.length > 0 ? { argv: command, from: dockerfile.file, modules: [], late: [], folder: WORK, paths: [] } : undefined,
        noCommand: `${dockerfile.file} gives it none. Let it have a CMD.`,
        labels: info.labels,
    };
    return { result, parts };
}
/** `shop[test]==1.2.3`: exactly the wheel of this run, whatever else lies in a wheelhouse; '' where the project has none. */
function custom_release_packageOf(house, inputs) {
    if (!house.app)
        return '';
    const { name, version } = parseMetadata(house.app.metadata);
    const extras = wantedExtras(house.metadata, inputs.extras);
    return `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}==${version}`;
}
/** What the wheels link, open and call must be in the image, and only its Dockerfile can put it there. */
function warnOfLibraries(world, house, dockerfile) {
    if (Object.keys(house.debian).length === 0 || mentions(dockerfile.text, 'RUNTIME_PACKAGES'))
        return;
    const absent = house.packages.filter((name) => !dockerfile.text.includes(name));
    if (absent.length === 0)
        return;
    world.log.warning(`The wheels need ${absent.join(', ')} of Debian. Where base lacks them, install them in ${dockerfile.file}: ARG RUNTIME_PACKAGES holds their names.`);
}

;// CONCATENATED MODULE: ./lib/run/images/imported-modules.js


/** More modules than any application imports when it starts. */
const imported_modules_MOST = 50_000;
/** Of their list. */
const imported_modules_MOST_BYTES = 16_000_000;
/**
 * The files of dependencies that a list names, by their paths in the image without the first /. The list was told by a step
 * that ran the application, or comes from a cache: what is no such path is left out.
 */
function importedFiles(list) {
    const names = list.split('\n').filter((name) => /^appenv\/[\w./+-]+\.py$/.test(name) && external_node_path_.posix.normalize(name) === name);
    return [...new Set(names)].slice(0, imported_modules_MOST);
}
/**
 * What the stage `ahead` mounts: what the release's last trial imported, '' where none is known.
 * @param release undefined where nothing is to be made ahead
 */
async function layOutImported(world, release) {
    const kept = release === undefined ? '' : ((await world.files.readKept(imported_modules_fileOf(world, release), imported_modules_MOST_BYTES)) ?? '');
    await world.files.write(external_node_path_.join(world.paths.context, 'imported/imported.txt'), importedFiles(kept).join('\n'));
}
/** Keeps what a trial told for the next one. */
async function keepImported(world, release, told) {
    const list = importedFiles(told).join('\n');
    if ((await world.files.readKept(imported_modules_fileOf(world, release), imported_modules_MOST_BYTES)) !== list)
        await world.files.write(imported_modules_fileOf(world, release), list);
}
function imported_modules_fileOf(world, release) {
    return inWheelhouse(world, SHELF.imported, `${release}.txt`);
}

;// CONCATENATED MODULE: ./lib/run/images/trial-words.js



const STAGE = 'trial';
/** Of what one trial says, as its script and BuildKit bound it. */
const trial_words_MOST_BYTES = 1 << 20;
const MOST_LINES = 300;
const LONGEST_LINE = 5000;
/** Shorter values are words; the script of the trial has the same bound. */
const SHORTEST = 8;
/** What a trial says to the user while it is built, such as `notice: your application writes …`. */
class TrialWords {
    lines = [];
    before = false;
    onStage = (stage, before) => {
        if (stage === STAGE)
            this.before = before;
    };
    onMessage = ({ stage, level, text }) => {
        if (stage === STAGE)
            this.lines.push(`${level}: ${text}`);
    };
    /** @returns undefined where BuildKit had its step from before, so that nothing was said */
    said(given) {
        return this.before ? undefined : this.lines.slice(0, MOST_LINES).map((line) => withoutValues(line.slice(0, LONGEST_LINE), given));
    }
}
/** What the run gave to the trial alone is not kept. */
function withoutValues(line, given) {
    const values = Object.values(given).filter((value) => value.length >= SHORTEST);
    return values.sort((a, b) => b.length - a.length).reduce((text, value) => text.replaceAll(value, '***'), line);
}
/** Tells the user what a trial said when it was run, in a run that has its result from before. */
function sayAgain(world, lines) {
    for (const line of lines) {
        const [, level, text = ''] = /^(note|notice|warning): (.*)$/.exec(line) ?? [];
        if (level)
            tell(world, { stage: STAGE, level: level, text });
    }
}
/** Keeps it for a run that finds the release as it is. */
async function keepSaid({ records }, suffix, said) {
    await records.put('said', suffix, said);
    await records.save();
}
/**
 * What the trial said, out of what BuildKit has of it.
 * @param build takes what the release's build took
 * @returns undefined where that cannot be had
 */
async function saidBefore(world, settings, build) {
    const output = external_node_path_.join(world.paths.temp, 'said');
    const silently = { silent: true, hears: undefined, onStage: undefined, onMessage: undefined };
    await world.files.remove(output);
    try {
        await buildTarget(world, settings, { ...build, ...silently, target: 'said', output });
        const text = (await world.files.readKept(external_node_path_.join(output, 'said.txt'), trial_words_MOST_BYTES)) ?? '';
        return text
            .split('\n')
            .slice(0, MOST_LINES)
            .filter((line) => line !== '' && line.length <= LONGEST_LINE);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        world.log.info(`  what the application did when it was imported is not told again: ${error.message}`);
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/run/images/release.js












/**
 * The release of a wheelhouse, found or built. Where the project's wheel was left to the release's build, it is
 * compared with what it was believed to say: where it says something else, the release is made again by its word.
 */
async function findOrMakeRelease(world, making, house) {
    const { plan, inputs, setup } = making;
    if (house.app || plan.project.sourceOnly !== undefined)
        return { house, ...(await findOrBuild(world, making, house)) };
    let taken;
    const takeWheel = (stage) => {
        // Beside what is still at work. Where uv is in the context it is sent and hashed once more for this: then beside the layers.
        if (taken || stage !== (setup.uvInContext ? 'trial' : 'app-wheel'))
            return;
        taken = takeProjectWheel(world, setup, house);
        taken.catch(() => { }); // it is awaited below
    };
    let made;
    try {
        made = await findOrBuild(world, making, house, takeWheel);
    }
    catch (error) {
        await Promise.allSettled([taken]);
        throw error;
    }
    const { definition } = plan.project;
    const complete = await completeWheelhouse(world, setup, { house, definition, taken });
    if (complete && (await startsAs(world, making, complete, made.result)))
        return { house: complete, ...made };
    if (!complete)
        world.log.info('  the project requires something else than before: once more by its own word');
    await world.docker.untag(unfinishedName(world, 'release'));
    const filled = complete ?? (await fillWheelhouse(world, setup, { plan, inputs, releaseFollows: false }));
    return { house: filled, ...(await findOrBuild(world, making, filled)) };
}
/** Whether the wheel that the release's build made on its way bears out the start command. */
async function startsAs(world, { plan, inputs }, house, { command }) {
    const wishes = { command: inputs.command, settings: release_image_settingsOf(plan, inputs.imageEnv) };
    const now = await chooseStart(world, plan.project, house, wishes);
    if (JSON.stringify(now.command) === JSON.stringify(command))
        return true;
    world.log.info('  the project starts otherwise than its last wheel let expect: the release once more');
    return false;
}
async function findOrBuild(world, making, house, onStage) {
    const { plan, inputs, images, setup } = making;
    const unfinished = ({ id }, parts) => ({ id, name: plan.names.release, record: plan.suffix, parts });
    const { base, platform } = setup;
    const made = { base, origin: images.origin, chosen: (0,lib_inputs/* chosenNames */.Fg)(inputs), inputs, version: images.version(), platform };
    if (inputs.dockerfile) {
        const own = await releaseByDockerfile(world, { plan, inputs, house, made, builder: () => images.makeBuilder() });
        return { result: own.result, ...(own.result.how === 'built' && { unfinished: unfinished(own.result, own.parts) }) };
    }
    const request = await planRelease(world, plan, house, made);
    const { parts } = request;
    const found = plan.settings.anew ? undefined : await findRelease(world, request);
    const said = await world.records.get('said');
    const before = said?.[plan.suffix];
    if (found && before?.release === fingerprint(parts)) {
        sayAgain(world, before.lines);
        return { result: found };
    }
    const whole = { ...request, ...(await release_layOut(world, making, house)) };
    if (found) {
        await sayFromCache(world, plan, whole);
        return { result: found };
    }
    const built = await buildTold(world, making, whole, onStage);
    await world.records.put('images', releaseRecord(plan), parts);
    await world.records.save();
    return { ...built, unfinished: unfinished(built.result, parts) };
}
/** Lays out all that the release's stages mount. @returns the images that they take */
async function release_layOut(world, { plan, setup }, house) {
    const tools = await uvOfRelease(world, setup);
    await layOutProject(world, house.source);
    const wheels = house.wheels.map((wheel) => wheel.file);
    await layOutWheels(world, wheels, Object.keys(house.debian));
    // On an empty daemon both cores are at work on the rest.
    await layOutImported(world, setup.uvInContext ? undefined : releaseRecord(plan));
    return { tools, workshop: await house.workshop() };
}
/** Builds the release, and keeps what its trial tells. */
async function buildTold(world, { plan, inputs }, request, onStage = () => { }) {
    let imported; // the last one counts: whatever a build runs can say as many as it likes
    const hears = {
        imported: (list) => {
            imported = list;
        },
    };
    const words = new TrialWords();
    const hearStage = (stage, before) => {
        words.onStage(stage, before);
        onStage(stage);
    };
    const built = await buildRelease(world, plan.settings, { ...request, hears, onStage: hearStage, onMessage: words.onMessage });
    if (imported !== undefined)
        await keepImported(world, releaseRecord(plan), imported);
    const lines = words.said(inputs.env);
    if (lines)
        await keepSaid(world, plan.suffix, { release: fingerprint(request.parts), lines });
    else
        await sayFromCache(world, plan, request);
    return built;
}
/** BuildKit has the trial from before, and no log of it. */
async function sayFromCache(world, { settings, suffix }, request) {
    const lines = await saidBefore(world, settings, release_image_buildOf(request));
    if (!lines)
        return;
    sayAgain(world, lines);
    await keepSaid(world, suffix, { release: fingerprint(request.parts), lines });
}

;// CONCATENATED MODULE: ./lib/judge/checks/package-data.js
/**
 * The lines that put files into the wheel, each with its place, e.g. `MANIFEST.in: recursive-include polls/templates *`.
 * Flit, uv_build and pdm-backend take all of a package by themselves: there the line says what may hold them back.
 * @param files of packages of the wheel
 * @param definition texts of setup.py, setup.cfg and pyproject.toml
 * @see https://setuptools.pypa.io/en/latest/userguide/datafiles.html, https://hatch.pypa.io/latest/config/build/,
 * https://python-poetry.org/docs/pyproject/#exclude-and-include, https://backend.pdm-project.org/build_config/,
 * https://docs.astral.sh/uv/concepts/build-backend/, https://www.maturin.rs/config,
 * https://scikit-build-core.readthedocs.io/en/latest/configuration/, https://mesonbuild.com/Python-module.html
 */
function mendingLines(files, roots, buildRequires, definition) {
    const data = dataOf(files, roots);
    const backend = buildRequires.join(' ');
    const inPyproject = (table, text) => [`pyproject.toml, [tool.${table}]: ${text}`];
    const paths = (all) => data.map(({ prefix, folder, ending }) => `${prefix}${folder}/${ending ?? all}`);
    const both = (globs) => `[${globs.map((glob) => `{ path = "${glob}", format = ["sdist", "wheel"] }`).join(', ')}]`;
    if (/hatch/.test(backend))
        return inPyproject('hatch.build.targets.wheel', `artifacts = ${list(paths('**'))}`);
    if (/poetry/.test(backend))
        return inPyproject('poetry', poetryLine(data, both(paths('**/*'))));
    if (/\bpdm/.test(backend))
        return inPyproject('pdm.build', 'includes must name the packages as a whole, and excludes must not match');
    if (/\bflit/.test(backend))
        return inPyproject('flit.module', 'name must be that of the folder which holds them');
    if (/\buv[-_.]build/.test(backend))
        return inPyproject('uv.build-backend', 'wheel-exclude and source-exclude must not match them');
    if (/\bmaturin/.test(backend)) {
        // Maturin looks for a path below `python-source` too, and keeps it as it is written.
        const inside = data.map(({ folder, ending }) => `${folder}/${ending ?? '**/*'}`);
        return inPyproject('maturin', `include = ${both(inside)}`);
    }
    if (/\bscikit[-_.]build/.test(backend)) {
        const packages = [...new Set(data.map(({ prefix, folder }) => `${prefix}${package_data_packageOf(folder)}`))];
        return inPyproject('scikit-build', `sdist.include = ${list(paths('**'))}, and wheel.packages = ${list(packages)} where CMake installs them`);
    }
    if (/\bmeson/.test(backend))
        return mesonLines(files, data);
    return setuptoolsLines(data, definition);
}
/** A path of Poetry's `include` is kept as it is written, so below `src/` the packages name the files. */
function poetryLine(data, included) {
    if (data.every(({ prefix }) => prefix === ''))
        return `include = ${included}`;
    const packages = data.map(({ prefix, folder, ending }) => {
        const from = prefix === '' ? '' : `, from = "${prefix.replace(/\/$/, '')}"`;
        return `{ include = "${folder}/${ending ?? '**/*'}"${from} }`;
    });
    return `packages = [${packages.join(', ')}] beside those that are there`;
}
function mesonLines(files, data) {
    return data.map(({ prefix, folder, ending }) => {
        const place = `${prefix}${folder}`;
        const own = files.filter((file) => ending && file.startsWith(`${place}/`) && !file.slice(place.length + 1).includes('/'));
        const named = own.filter((file) => file.endsWith((ending ?? '').slice(1))).map((file) => `'${file}'`);
        const above = folder.split('/').slice(0, -1).join('/');
        return ending
            ? `meson.build: py.install_sources(${named.join(', ')}, subdir: '${folder}')`
            : `meson.build: install_subdir('${place}', install_dir: py.get_install_dir() / '${above}')`;
    });
}
/** Setuptools takes what MANIFEST.in names where it includes package data: with [project] unless that says no, else if it says so. */
function setuptoolsLines(data, definition) {
    const said = /include[_-]package[_-]data\s*[=:]\s*(\w+)/.exec(definition)?.[1];
    const pyproject = /^\[project\]/m.test(definition);
    if (said === undefined ? pyproject : /^(true|yes|on|1)$/i.test(said)) {
        return data.map(({ prefix, folder, ending }) => ending ? `MANIFEST.in: include ${prefix}${folder}/${ending}` : `MANIFEST.in: recursive-include ${prefix}${folder} *`);
    }
    const byPackage = new Map();
    for (const { folder, ending } of data) {
        const name = package_data_packageOf(folder);
        byPackage.set(name, [...(byPackage.get(name) ?? []), [...folder.split('/').slice(1), ending ?? '**'].join('/')]);
    }
    return [...byPackage].map(([name, patterns]) => {
        if (pyproject)
            return `pyproject.toml, [tool.setuptools.package-data]: ${name} = ${list(patterns)}`;
        // Without a call of setup() there is no setup.py.
        const cfg = /^\[options\]/m.test(definition) || !/\bsetup\s*\(/.test(definition);
        return cfg
            ? `setup.cfg, [options.package_data]: ${name} = ${patterns.join(', ')}`
            : `setup(): package_data={"${name}": ${list(patterns)}}`;
    });
}
/** Up to `templates`, `static` and the like, else the files of the folder by their endings. */
function dataOf(files, roots) {
    const found = new Map();
    for (const file of files) {
        const { prefix } = roots.find((root) => file.startsWith(root.prefix)) ?? { prefix: '' };
        const inside = file.slice(prefix.length);
        const named = /^(.*?\b(?:templates|static|locale|fixtures|assets|data|public))\//.exec(inside)?.[1];
        const folder = named ?? inside.slice(0, inside.lastIndexOf('/'));
        const ending = named ? undefined : `*${/\.[^./]+$/.exec(inside)?.[0] ?? ''}`;
        found.set(`${prefix}${folder}/${ending}`, { prefix, folder, ending });
    }
    return [...found.values()];
}
function package_data_packageOf(folder) {
    return folder.split('/')[0] ?? '';
}
function list(words) {
    return `[${words.map((word) => `"${word}"`).join(', ')}]`;
}

;// CONCATENATED MODULE: ./lib/judge/checks/left-out-files.js


/** What applications read at run time, by kind of file. Sources of extension modules and of documentation are not. */
const DATA = /\.(html?|jinja2?|j2|tmpl|tpl|txt|css|scss|js|mjs|map|svg|png|jpe?g|gif|ico|webp|woff2?|ttf|otf|json|ya?ml|toml|ini|csv|tsv|sql|xml|xsd|mo|pem|lua)$/i;
const READ_AT_RUN_TIME = /(^|\/)(templates|static|locale|fixtures|assets|data|public)\//;
const left_out_files_NEVER = /(^|\/)(node_modules|__pycache__|\.[^/]+)(\/|$)/;
const left_out_files_ASIDE = /(^|\/)(tests?|testing|docs?|examples?)\/|(^|\/)(README|LICENSE|CHANGELOG|requirements|MANIFEST|Makefile)[^/]*$/i;
/** What lies in there is the application's whatever its name: `polls/templates/docs/index.html`. */
const left_out_files_SHOWN = /(^|\/)(templates|static)\//;
/**
 * Templates, static files and data that lie in the source of the wheel's packages and are not in the wheel:
 * the classic of a wheel that works on the machine of its author alone.
 * @param source paths of the project's files
 * @param wheel names in the wheel
 * @param definition texts of setup.py, setup.cfg and pyproject.toml
 * @see https://setuptools.pypa.io/en/latest/userguide/datafiles.html
 */
function leftOut(source, wheel, buildRequires, definition) {
    const inWheel = new Set(wheel.map(withoutDataFolder));
    const roots = sourceRoots(source, wheel);
    const files = source.filter((file) => {
        const root = roots.find(({ prefix, packages }) => file.startsWith(prefix) && packages?.includes(file.slice(prefix.length).split('/')[0] ?? ''));
        if (!root || !file.slice(root.prefix.length).includes('/'))
            return false;
        const inside = file.slice(root.prefix.length);
        return (!inWheel.has(inside) &&
            !isAside(inside) &&
            !/\.(py[cdio]?|c|h|cc|cpp|pyx|pxd|rs|po|pot)$/.test(inside) &&
            (DATA.test(inside) || READ_AT_RUN_TIME.test(inside)));
    });
    return { files, lines: files.length === 0 ? [] : mendingLines(files, roots, buildRequires, definition) };
}
/** Whether a file is what applications read at run time, by its name. @param inside below the folder that is on the path */
function isData(inside) {
    return !left_out_files_NEVER.test(inside) && !/\.py[cdio]?$/.test(inside) && (DATA.test(inside) || READ_AT_RUN_TIME.test(inside));
}
/** Tests, documentation and tools of the developer, up to the first folder of templates or static files. */
function isAside(inside) {
    const shown = left_out_files_SHOWN.exec(inside);
    return left_out_files_NEVER.test(inside) || left_out_files_ASIDE.test(shown ? inside.slice(0, shown.index + 1) : inside);
}
/**
 * Files of folders beside the packages that Django's settings name (`BASE_DIR / "templates"`): no wheel holds them.
 * @param source paths of the project's files
 * @param wheel names in the wheel
 * @param settings texts of the settings' modules
 * @param root what stands before the settings' package: '' or e.g. `src/`
 */
function outsidePackages(source, wheel, settings, root) {
    const inWheel = new Set(wheel.map(withoutDataFolder));
    const packages = new Set([...inWheel].map((name) => name.split('/')[0] ?? ''));
    const folders = namedFolders(settings).filter((folder) => !packages.has(folder));
    const places = [...new Set([root, ''])].flatMap((prefix) => folders.map((folder) => ({ prefix, folder: `${prefix}${folder}/` })));
    return source.filter((file) => places.some(({ prefix, folder }) => file.startsWith(folder) && !inWheel.has(file.slice(prefix.length)) && !left_out_files_NEVER.test(file) && !file.endsWith('.py')));
}
/** The top folders in the lists of folders that Django searches. STATIC_ROOT is none: it is written, not read. */
function namedFolders(settings) {
    const lists = [
        ...settings.matchAll(/^(?:STATICFILES_DIRS|LOCALE_PATHS|FIXTURE_DIRS)\b[^=\n]*=(.*(?:\n(?:[ \t\])]|$).*)*)/gm),
        ...settings.matchAll(/["']DIRS["']\s*:(.*(?:\n(?!\S|[ \t]*["'][A-Z_]+["']\s*:|[ \t]*\}).*)*)/g),
    ].map((match) => (match[1] ?? '').replace(/#.*/g, ''));
    const literals = lists.flatMap((text) => [...text.matchAll(/["']\/?([\w-]+)(?![\w-])[^"'\n]*["']/g)].map((match) => match[1] ?? ''));
    return [...new Set(literals)];
}

;// CONCATENATED MODULE: ./lib/judge/checks/files-beside.js


/** Files beside the packages that belong to tools and to people, whatever code says of their names. */
const OF_TOOLS = /^(\.|(README|LICEN[CS]E|CHANGE|HISTORY|NEWS|AUTHORS|CONTRIBUTING|MANIFEST|Makefile|Dockerfile|Procfile|requirements|constraints|docker-compose|compose|mkdocs|codecov|renovate|package(-lock)?|tsconfig|tox|pytest|mypy|ruff|setup|pyproject|uv|poetry|pdm|Pipfile|environment)\b)/i;
const FOLDERS_OF_TOOLS = /^(\.|tests?$|testing$|docs?$|examples?$|benchmarks?$|scripts?$|tools?$|ci$|dist$|build$|node_modules$|wheelhouse$|venv$|env$)/;
/** The wheel's own modules in the source: their code tells what is read at run time. */
function modulesInWheel(source, wheel) {
    const inWheel = new Set(wheel.map(withoutDataFolder));
    const roots = sourceRoots(source, wheel);
    return source.filter((file) => {
        const root = roots.find(({ prefix }) => file.startsWith(prefix));
        return file.endsWith('.py') && root !== undefined && inWheel.has(file.slice(root.prefix.length));
    });
}
/**
 * Templates, static files and data beside the packages, by the folder or file at the top that they are: what code of the
 * wheel may name.
 * @param source paths of the project's files
 * @param wheel names in the wheel
 */
function candidatesBeside(source, wheel) {
    const inWheel = new Set(wheel.map(withoutDataFolder));
    const packages = new Set([...inWheel].map((name) => name.split('/')[0] ?? ''));
    const prefixes = [...new Set(['', ...sourceRoots(source, wheel).map(({ prefix }) => prefix)])];
    const found = new Map();
    for (const file of source) {
        const prefix = prefixes.filter((one) => file.startsWith(one)).sort((a, b) => b.length - a.length)[0] ?? '';
        const inside = file.slice(prefix.length);
        const [top = '', ...rest] = inside.split('/');
        const isTools = rest.length > 0 ? FOLDERS_OF_TOOLS.test(top) : OF_TOOLS.test(top);
        if (isTools || inWheel.has(inside) || packages.has(top) || !isData(inside))
            continue;
        found.set(top, [...(found.get(top) ?? []), file]);
    }
    return found;
}
/**
 * Of those candidates what code names in a text of its own: `template_folder="../templates"`, `open("config.yaml")`.
 * @param code texts of modules by their paths
 */
function namedBeside(candidates, code) {
    const found = new Map();
    for (const [file, text] of code) {
        const words = new Set([...text.replace(/^[ \t]*#.*$/gm, '').matchAll(/['"]([^'"\n]{1,200})['"]/g)].flatMap(([, one = '']) => one.split('/')));
        for (const [top, files] of candidates)
            if (words.has(top) && !found.has(top))
                found.set(top, { files: [...files], by: file });
    }
    return [...found.values()];
}

;// CONCATENATED MODULE: ./lib/run/prepare/text-links.js

/** Bytes: paths that a link holds are shorter. */
const text_links_LONGEST = 300;
/**
 * Links that lie in the checkout as files with the path as their text: git makes these where `core.symlinks` is false,
 * and archives that know no links. Looked for beside modules, where a link stands for a package.
 * @param paths of the project's files @returns path and text of each
 * @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-coresymlinks
 */
async function textLinks(world, paths) {
    const packages = new Set(paths.filter((file) => external_node_path_.basename(file) === '__init__.py').map((file) => external_node_path_.dirname(file)));
    const found = [];
    for (const file of paths) {
        if (!/^\w+$/.test(external_node_path_.basename(file)) || !packages.has(external_node_path_.dirname(file)))
            continue;
        const leads = await linkIn(world, external_node_path_.join(world.paths.project, file));
        if (leads !== undefined)
            found.push({ file, leads });
    }
    return found;
}
/** What a file would lead to, if it were the link that its text says. */
async function linkIn({ files, context }, file) {
    if (await files.isLink(file))
        return undefined;
    const text = await files.readInside(context.workspace, file, text_links_LONGEST).catch(() => undefined); // longer, or no text: no path of a link
    if (!text || !/^\.\.?\/[\w./@+-]+$/.test(text.trimEnd()))
        return undefined;
    return (await files.exists(external_node_path_.resolve(external_node_path_.dirname(file), text.trimEnd()))) ? text.trimEnd() : undefined;
}

;// CONCATENATED MODULE: ./lib/run/proof/package-files.js







const package_files_SHOWN = 5;
/** Warns of templates, static files and data that the project's wheel lacks, with what puts them there. */
async function warnOfLeftOut(world, project, house) {
    const { app, source } = house;
    if (!app)
        return;
    const names = await world.archives.list(inWheelhouse(world, app.file));
    const paths = source.snapshot.map((file) => file.path);
    for (const { file, leads } of await textLinks(world, paths)) {
        world.log.warning(`${file} is a file that holds "${leads}": a link that git (core.symlinks false) or an archive left as text, so what it leads to is not in the wheel. Check it out as a link.`);
    }
    const { files, lines } = leftOut(paths, names, project.buildRequires, project.definition);
    if (files.length > 0) {
        world.log.warning(`Not in ${app.file}: ${(0,words/* listed */.KE)(files, package_files_SHOWN)}. To put them there: ${lines.slice(0, package_files_SHOWN).join('; ')}.`);
    }
    const beside = await lostBeside(world, project, house, names);
    for (const one of beside)
        world.log.warning(`Not in ${app.file}: ${besideText(one)}. ${BESIDE_NEXT}`);
    const settings = project.django && (await readSettings(world, project.django.settings, paths));
    if (!settings)
        return;
    const outside = outsidePackages(paths, names, settings.text, settings.root);
    if (outside.length === 0)
        return;
    const [top = '', ...more] = settings.module.split('.');
    const place = more.length > 0 ? `, such as ${settings.root}${top}/,` : '';
    world.log.warning(`Not in ${app.file}: ${(0,words/* listed */.KE)(outside, package_files_SHOWN)}. The settings name their folders, which lie beside the packages, where no wheel takes them: ` +
        `move them into a package${place} and name them there in ${settings.file}.`);
}
/** Files beside the packages that code of the wheel names. @param listed names in the wheel, where they are at hand */
async function lostBeside(world, project, { app, source }, listed) {
    if (!app || project.django)
        return []; // what Django's settings name is told by outsidePackages
    const names = listed ?? (await world.archives.list(inWheelhouse(world, app.file)));
    const paths = source.snapshot.map((file) => file.path);
    const candidates = candidatesBeside(paths, names);
    if (candidates.size === 0)
        return [];
    const code = new Map();
    for (const file of modulesInWheel(paths, names).slice(0, MOST_MODULES)) {
        const at = external_node_path_.join(world.paths.project, file);
        if (!(await world.files.isLink(at)))
            code.set(file, (await world.files.readInside(world.context.workspace, at, text_size/* TEXT_SIZE */.yf)) ?? '');
    }
    return namedBeside(candidates, code);
}
/** Modules that are read for what they name. */
const MOST_MODULES = 2000;
/** What is told of them, for a warning. */
function besideText({ files, by }) {
    return `${(0,words/* listed */.KE)(files, package_files_SHOWN)}, which ${by} names and which lies beside the packages, where no wheel takes it`;
}
/** What mends it. */
const BESIDE_NEXT = 'Move it into a package and name it there; or let the source be the application, without [build-system] ([tool.uv] package = false says so outright).';
/** The settings by their module's name; those that are made of several modules have these beside them. */
async function readSettings(world, module, paths) {
    const inside = module.replaceAll('.', '/');
    const ends = [`${inside}.py`, `${inside}/__init__.py`];
    const end = (file) => ends.find((one) => file === one || file.endsWith(`/${one}`));
    const [file] = paths.filter((one) => end(one)).sort((a, b) => a.length - b.length);
    if (file === undefined)
        return undefined;
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const inFolder = paths.filter((one) => one.startsWith(folder) && /settings/.test(one) && /^[^/]+\.py$/.test(one.slice(folder.length)));
    const beside = inFolder.map(async (one) => {
        const at = external_node_path_.join(world.paths.project, one);
        // As the start command's modules: what a link leads to is not followed here.
        return (await world.files.isLink(at)) ? '' : await world.files.readInside(world.context.workspace, at, text_size/* TEXT_SIZE */.yf);
    });
    const texts = await Promise.all(beside);
    return { file, text: texts.join('\n'), module, root: file.slice(0, file.length - (end(file)?.length ?? 0)) };
}
/** Static files may be the result of a node build, which is not ours to run. */
function noteNodeBuild(world, { source }, { collectstatic }, settings) {
    const found = source.snapshot.find(({ path }) => /^([^/]+\/)?package\.json$/.test(path));
    if (!found || settings === undefined || collectstatic === 'never')
        return;
    world.log.notice(`${found.path} is there: if a node build makes static files, run it before this step, so that they are collected too.`);
}

;// CONCATENATED MODULE: ./lib/run/make-wheels.js








/** Wheels: the wheelhouse holds exactly what the release is made from. What was compiled is kept even when a wheel fails. */
async function makeWheels(run, base) {
    const { inputs } = run;
    const isLast = inputs.target === 'wheels';
    try {
        const house = await fill(run, base);
        if (isLast)
            await base.cache.save();
        return house;
    }
    catch (error) {
        await base.cache.save();
        throw error;
    }
}
async function fill(run, { images, setup }) {
    const { inputs, plan, world, steps } = run;
    // The longest step of a first run begins while the requirements are still being resolved.
    const expected = inputs.buildCommand.length > 0 || expectsCompiler(plan.project.definition, await readManifests(world));
    // An own Dockerfile wants the project's wheel before it; ours makes it on the way.
    const releaseFollows = inputs.target !== 'wheels' && !inputs.dockerfile;
    return steps.take('wheels', async () => {
        const early = expected ? images.makeBuilder() : Promise.resolve('');
        const [house] = await allDone([fillWheelhouse(world, setup, { plan, inputs, releaseFollows }), early]);
        await images.record('builder');
        await warnOfWheel(run, house);
        const how = tally(house, plan.project.sourceOnly === undefined ? 1 : 0);
        world.log.info(`  ${how}`);
        if (inputs.target === 'wheels')
            await fillTestWheels(world, setup, { request: { plan, inputs, releaseFollows: false }, house });
        return [how, house];
    }, expected ? 'builder and wheels, side by side' : 'wheels');
}
/** Warns of what may be wrong with the project's wheel: its version, and what it lacks. */
async function warnOfWheel({ inputs, plan, world }, house) {
    if (!house.app)
        return;
    const { release } = plan.tags;
    // Where `version` is given, the image's tag is what was typed: nothing to compare.
    const warning = release && !inputs.version ? versionWarning(release, parseMetadata(house.app.metadata).version) : undefined;
    if (warning)
        world.log.warning(warning);
    await warnOfLeftOut(world, plan.project, house);
}
/** One line on where the wheels come from. */
function tally(house, ofProject) {
    const origins = ['reused', 'downloaded', 'compiled'];
    const counts = origins.map((origin) => `${house.wheels.filter((wheel) => wheel.origin === origin).length} ${origin}`);
    return `${house.wheels.length + ofProject} wheels: ${[...counts, ...(ofProject ? [`${ofProject} of the project`] : [])].join(', ')}`;
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./lib/plan/secrets.js



/**
 * Every secret of this run: the secret inputs, logins in the addresses of indexes (the runner's own too),
 * the login of the registry.
 */
function knownSecrets(inputs, indexes, login) {
    const netrc = (0,tools_netrc/* readNetrc */.f)(indexes.netrc).flatMap(({ login: user, password }) => [password, `${user}:${password}`]);
    const withUser = (user, password) => (user && password ? [password, `${user}:${password}`] : [password]);
    const all = [
        { name: 'the input password', texts: withUser(inputs.username, inputs.password) },
        { name: 'the login of the registry', texts: login ? withUser(login.username, login.password) : [] },
        { name: 'the input github-token', texts: withUser('x-access-token', inputs.githubToken) },
        { name: 'the login of a package index', texts: (0,masks/* addressSecrets */.Y9)([indexes.indexUrl, ...indexes.extraIndexUrls].join('\n')) },
        { name: 'the input index-credentials', texts: netrc },
        { name: 'the input cache-signing-key', texts: [inputs.cacheSigningKey] },
        ...Object.entries(inputs.secrets).map(([id, text]) => ({ name: `the secret ${id}`, texts: [text] })),
    ];
    const seen = new Set();
    return all.flatMap(({ name, texts }) => {
        const own = [...new Set(texts)].filter((text) => text !== '' && !seen.has(text));
        for (const text of own)
            seen.add(text);
        return own.length > 0 ? [{ name, texts: own }] : [];
    });
}
/**
 * Secrets without the texts of a token that GitHub makes for a run, wherever it is given: that is another one each time, and
 * younger than whatever is found again.
 * @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
function lastingSecrets(secrets) {
    return secrets.map(({ name, texts }) => ({ name, texts: texts.filter((text) => !/^([^:\s]+:)?ghs_[\w.-]+$/.test(text)) }));
}
/** Every form that a secret may have been written in: as it is, by line, quoted, and as base64, URL or hex text. */
function searchForms(secret) {
    const texts = [...new Set([secret, (0,text_addresses/* plain */.pj)(secret), ...secretLines(secret)])];
    const forms = texts.flatMap((text) => [
        ...(0,masks/* masksOf */.JF)(text).filter((form) => form === text || !secret.split('\n').some((line) => line.trim() === form)),
        text,
        JSON.stringify(text).slice(1, -1),
        Buffer.from(text).toString('hex'),
        Buffer.from(text).toString('hex').toUpperCase(),
        ...[0, 1, 2].flatMap((offset) => base64Inside(text, offset)),
    ]);
    return [...new Set(forms)].filter((form) => form.length >= secrets_SHORTEST);
}
/** Shorter texts are found in every image. */
const secrets_SHORTEST = 8;
/** Lines of a long secret, such as those of a key file: its first and last line are the same in every such file. */
function secretLines(secret) {
    if (!secret.includes('\n'))
        return [];
    return secret
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.length >= 20 && !line.startsWith('-----'));
}
/** What of a text's base64 does not depend on what stands before and after it. */
function base64Inside(text, offset) {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    const whole = bytes.toString('base64').replace(/=+$/, '');
    const from = offset === 0 ? 0 : offset + 1;
    const to = Math.floor((bytes.length * 8) / 6);
    const inside = whole.slice(from, to);
    const forUrls = inside.replaceAll('+', '-').replaceAll('/', '_');
    return [inside, forUrls];
}
/**
 * Whether a find would mean anything: a short or plain word is in half of all packages.
 * @returns false for a text under 8 characters, and for one under 16 of letters alone
 */
function isTellable(secret) {
    if (secret.length < secrets_SHORTEST)
        return false;
    return secret.length >= 16 || !/^[A-Za-z_-]+$/.test(secret);
}

;// CONCATENATED MODULE: ./lib/judge/checks/needles.js
/**
 * Looks for many texts at once in bytes that come in pieces: Wu and Manber's algorithm with blocks of two
 * bytes, which skips nearly as far as the shortest text is long, however many texts there are.
 * @see Wu, Manber: A fast algorithm for multi-pattern searching (1994)
 */
class Needles {
    texts;
    shortest;
    longest;
    /** How far a block of two bytes lets the search move on. */
    shifts = new Uint16Array(1 << 16);
    ending = new Map();
    /** @param texts of two bytes or more */
    constructor(texts) {
        this.texts = texts.map((text) => Buffer.from(text));
        this.shortest = Math.min(...this.texts.map((text) => text.length));
        this.longest = Math.max(0, ...this.texts.map((text) => text.length));
        if (this.texts.length === 0)
            return;
        this.shifts.fill(this.shortest - 1);
        for (const [index, text] of this.texts.entries()) {
            for (let end = 1; end < this.shortest; end++) {
                const block = blockAt(text, end);
                this.shifts[block] = Math.min(this.shifts[block] ?? 0, this.shortest - 1 - end);
            }
            const last = blockAt(text, this.shortest - 1);
            this.ending.set(last, [...(this.ending.get(last) ?? []), index]);
        }
    }
    /** A search through one stream of bytes. @param found is told the index of a text at each place */
    search(found) {
        if (this.texts.length === 0)
            return () => { };
        const overlap = this.longest - 1;
        let tail = Buffer.alloc(0);
        return (piece) => {
            if (tail.length > 0) {
                // Only what begins in the tail: the rest is found in the piece itself.
                const seam = Buffer.concat([tail, piece.subarray(0, overlap)]);
                this.scan(seam, tail.length, found);
            }
            this.scan(piece, piece.length, found);
            const kept = piece.length >= overlap ? piece.subarray(piece.length - overlap) : Buffer.concat([tail, piece]).subarray(-overlap);
            tail = overlap > 0 ? Buffer.from(kept) : tail;
        };
    }
    /** The indexes of the texts that are in a text. */
    in(text) {
        const indexes = new Set();
        this.search((index) => indexes.add(index))(Buffer.from(text));
        return [...indexes];
    }
    scan(bytes, beginsBefore, found) {
        const { shifts, shortest } = this;
        const length = bytes.length;
        for (let end = shortest - 1; end < length;) {
            const block = ((bytes[end - 1] ?? 0) << 8) | (bytes[end] ?? 0);
            const shift = shifts[block] ?? 0;
            if (shift > 0) {
                end += shift;
                continue;
            }
            const begin = end - shortest + 1;
            if (begin >= beginsBefore)
                return;
            for (const index of this.ending.get(block) ?? []) {
                const text = this.texts[index];
                if (text && begin + text.length <= length && bytes.compare(text, 0, text.length, begin, begin + text.length) === 0)
                    found(index);
            }
            end++;
        }
    }
}
function blockAt(text, end) {
    return ((text[end - 1] ?? 0) << 8) | (text[end] ?? 0);
}

;// CONCATENATED MODULE: ./lib/judge/checks/image-scan.js



/** Raised when something else is looked for: layers that were clean before are read again then. */
const SCAN_VERSION = '1';
/** Tools that make programs, by their names and those with a target's prefix or a version. */
const COMPILER = /(?:^|\/)(?:(?:[a-z0-9_]+-)+(?=gcc|g\+\+|c\+\+|cc|clang))?(?:gcc|g\+\+|c\+\+|cc|clang(?:\+\+)?|tcc|gfortran|rustc|cargo|go)(?:-\d[\d.]*)?$/;
const image_scan_PROGRAMS = /(?:^|\/)s?bin\//;
const INSIDE_COMPILER = /(?:^|\/)(?:cc1|cc1plus|rustlib|clang-\d+)$/;
/** Whether a path is that of a compiler. */
function isCompiler(path) {
    return (image_scan_PROGRAMS.test(path) && COMPILER.test(path)) || INSIDE_COMPILER.test(path);
}
const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const WHEEL_MARK = Buffer.from('.dist-info/WHEEL');
const MARK_REACH = 300;
/** What an entry of a zip file's central directory begins with, and how far its name is from there. */
const ENTRY = Buffer.from('PK\x01\x02', 'latin1');
const NAME_AT = 46;
/**
 * Looks through every layer's files and the configuration for what must not be there. Where a secret is
 * found again and again in one layer, the first places are kept.
 * @param wheels sha256 of the wheelhouse's wheels
 */
class ImageScan {
    needles;
    names;
    untold;
    wheelSums;
    secrets = [];
    wheels = [];
    compilers = [];
    layers = [];
    constructor(secrets, wheels) {
        const told = secrets.map(({ name, texts }) => ({ name, texts: texts.filter(isTellable) }));
        const forms = new Map(told.flatMap(({ name, texts }) => texts.flatMap(searchForms).map((form) => [form, name])).reverse());
        this.needles = new Needles([...forms.keys()]);
        this.names = [...forms.values()];
        this.untold = told.filter(({ texts }) => texts.length === 0).map(({ name }) => name);
        this.wheelSums = new Set(wheels);
    }
    get findings() {
        const { layers, secrets, wheels, compilers, untold } = this;
        return { layers, secrets, wheels, compilers, untold };
    }
    document(text) {
        let value;
        try {
            value = JSON.parse(text);
        }
        catch {
            value = text;
        }
        for (const { place, words } of image_scan_textsIn(value)) {
            for (const index of this.needles.in(words))
                this.keep({ secret: this.names[index] ?? '', at: place });
        }
    }
    layer() {
        const scan = new LayerScan(this.needles, this.wheelSums);
        return {
            member: (member) => scan.member(member),
            data: (piece) => scan.data(piece),
            end: () => scan.end(),
            done: (layer) => {
                this.layers.push(layer);
                for (const { index, path } of scan.secrets)
                    this.keep({ secret: this.names[index] ?? '', at: { layer, path } });
                this.wheels.push(...scan.wheels.map((wheel) => ({ layer, ...wheel })));
                this.compilers.push(...scan.compilers.map((path) => ({ layer, path })));
            },
        };
    }
    keep(found) {
        const print = JSON.stringify(found);
        if (!this.secrets.some((known) => JSON.stringify(known) === print))
            this.secrets.push(found);
    }
}
const SHOWN_PLACES = 20;
class LayerScan {
    secrets = [];
    wheels = [];
    compilers = [];
    needles;
    wheelSums;
    path = '';
    shown = '';
    head;
    search;
    zip;
    constructor(needles, wheelSums) {
        this.needles = needles;
        this.wheelSums = wheelSums;
    }
    member({ path, kind }) {
        this.path = path;
        // A name may hold the secret itself: such a one is not printed.
        const inName = this.needles.in(path);
        this.shown = inName.length > 0 ? 'a file with it in its name' : path;
        for (const index of inName)
            this.found(index);
        if ((kind === 'file' || kind === 'link') && isCompiler(path))
            this.compilers.push(path);
        this.head = kind === 'file' ? Buffer.alloc(0) : undefined;
        this.zip = undefined;
        this.search = kind === 'file' ? this.needles.search((index) => this.found(index)) : undefined;
    }
    data(piece) {
        this.search?.(piece);
        if (this.zip)
            this.inZip(piece);
        if (this.head === undefined)
            return;
        // A piece may be shorter than what tells a zip file.
        this.head = Buffer.concat([this.head, piece]);
        if (this.head.length < ZIP.length)
            return;
        if (this.head.subarray(0, ZIP.length).equals(ZIP)) {
            this.zip = { hash: (0,external_node_crypto_.createHash)('sha256'), tail: Buffer.alloc(0), wheel: false };
            this.inZip(this.head);
        }
        this.head = undefined;
    }
    inZip(piece) {
        if (!this.zip)
            return;
        this.zip.hash.update(piece);
        const seen = this.zip.tail.length > 0 ? Buffer.concat([this.zip.tail, piece]) : piece;
        if (!this.zip.wheel && seen.includes(WHEEL_MARK))
            this.zip.wheel = listsWheel(seen);
        this.zip.tail = Buffer.from(seen.subarray(-MARK_REACH));
    }
    end() {
        const ours = this.zip !== undefined && this.wheelSums.has(this.zip.hash.digest('hex'));
        if (ours || this.zip?.wheel || (this.search && this.path.endsWith('.whl')))
            this.wheels.push({ path: this.shown, ours });
        this.zip = undefined;
    }
    found(index) {
        const { shown: path } = this;
        if (this.secrets.length < SHOWN_PLACES && !this.secrets.some((known) => known.index === index && known.path === path)) {
            this.secrets.push({ index, path });
        }
    }
}
/** Whether a zip file's directory names a WHEEL file at its top: further down it is that of a bundled package. */
function listsWheel(bytes) {
    for (let at = bytes.indexOf(WHEEL_MARK); at >= 0; at = bytes.indexOf(WHEEL_MARK, at + 1)) {
        const entry = bytes.lastIndexOf(ENTRY, at);
        if (entry >= 0 && entry + NAME_AT < at && !bytes.subarray(entry + NAME_AT, at).includes('/'))
            return true;
    }
    return false;
}
/** The texts of an image's configuration, with the words for where each stands. */
function image_scan_textsIn(value) {
    const { config, history, ...rest } = record(value);
    const { Env, Labels, ...more } = record(config);
    const variables = image_scan_list(Env).map((line) => ({ place: `the environment variable ${line.split('=')[0]}`, words: line }));
    const labels = Object.entries(record(Labels)).map(([name, text]) => ({ place: `the label ${name}`, words: `${name}=${text}` }));
    const steps = (Array.isArray(history) ? history : []).map((step) => ({ place: 'the history', words: strings(step).join('\n') }));
    const other = { place: 'the configuration', words: strings([more, rest]).join('\n') };
    return [...variables, ...labels, ...steps, other].map(({ place, words }) => ({ place: place.slice(0, 80), words }));
}
function record(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { value };
}
function image_scan_list(value) {
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
/** Every text inside a JSON value, names too. */
function strings(value) {
    if (typeof value === 'string')
        return [value];
    if (typeof value !== 'object' || value === null)
        return [];
    return Object.entries(value).flatMap(([name, inner]) => [...(Array.isArray(value) ? [] : [name]), ...strings(inner)]);
}

;// CONCATENATED MODULE: ./lib/plan/dockerfile/throw-away-key.js
/** What variables of keys hold while an image is built and checked, and never in it. Long and mixed enough for Django's own check. */
const THROW_AWAY_KEY = 'for-the-build-only-2xK9vQ7mZr4TnB8wLcYs6HdJf3GpAe5UoWiNqX1';
/**
 * Keys for those variables that nobody has given a value.
 * @param names of variables
 * @param env lines `NAME=value` of the image
 */
function throwAwayKeys(names, env) {
    const missing = names.filter((name) => !env.some((line) => line.startsWith(`${name}=`)));
    return Object.fromEntries(missing.map((name) => [name, THROW_AWAY_KEY]));
}

;// CONCATENATED MODULE: ./lib/judge/checks/import-fault.js

const GIVE = 'Give the settings that it needs by the input env.';
/** What to do where something could not be looked at, by the words of why. */
function wanting(why) {
    return causeOf(why)?.next ?? GIVE;
}
/** What to do about an import that failed. */
function mend(said) {
    const fault = said.slice(-2000); // the reason stands at the end
    const module = /No module named '([\w.]+)'/.exec(fault)?.[1];
    if (module === 'pkg_resources')
        return 'Add setuptools<82 to the requirements: later ones are without it.';
    const cause = causeOf(fault.slice(-1000));
    if (cause?.kind === 'python')
        return cause.next;
    if (module?.includes('.')) {
        const [top = '', ...rest] = module.split('.');
        return `${top} is there, and no ${rest.join('.')} in it: correct the name, add the requirement (or the version) that brings it, or let the wheel have it.`;
    }
    if (module)
        return `Add ${module} to the requirements, or its folder to the packages of the wheel.`;
    if (cause && cause.kind !== 'setting')
        return cause.next;
    return `${cause ? cause.next : GIVE} checks: warn lets it pass.`;
}

;// CONCATENATED MODULE: ./lib/judge/checks/start-checks.js





const NO_FACTS = { command: [], besideWheel: [] };
/** Seconds that an application is waited for when it is asked to stop, and what it should take. */
const GRACE = 3;
const SOON = 1;
/** Characters of a line that are looked at: patterns are slow on what is far longer. */
const start_checks_LONGEST = 2000;
const start_checks_LOOK = 'Run the image and look; what it needs to start can be given by the input env.';
/**
 * The start command, and whether it hears SIGTERM.
 * @param started undefined where the image has none
 */
function startChecks(started, facts = NO_FACTS) {
    if (!started)
        return [undone('start', 'start command', 'the image has none')];
    switch (started.kind) {
        case 'unseen':
            return [undone('start', 'start command', started.why)];
        case 'refused':
            return [endCheck(`the start command does not start: ${started.why}`, started.why, facts)];
        case 'ended':
            return [endedCheck(started, facts)];
        case 'silent':
            return [
                undone('start', 'start command', `after ${started.seconds} s it is still at work and nothing listens`),
                stopCheck(started, facts.command),
            ];
        case 'listening':
            return [withPort(listeningCheck(started, facts), started), stopCheck(started, facts.command)];
    }
}
/** Whether something outside the container got an answer that is no failure of the application. */
function answered(started) {
    return started?.kind === 'listening' && typeof started.status === 'number' && started.status < 500 && started.loopback === undefined;
}
/** Those of an address outside the container alone: another port is of no use. */
function withPort(check, { port, loopback }) {
    return port === undefined || loopback !== undefined ? check : { ...check, port };
}
function endedCheck({ code, lastLine, usage }, facts) {
    if (usage && facts.tool) {
        const why = `without arguments ${facts.command.at(-1)} prints a help text and ends with code ${code}, as a command line tool does`;
        return undone('start', 'start command', why);
    }
    if (usage) {
        const next = 'Let the input command (or the web: line of a Procfile) be what should run, with its arguments.';
        return failed('start', `the start command prints a help text and ends with code ${code}: it starts nothing`, next);
    }
    if (code === 0)
        return passed('start', 'the start command ran and ended well');
    return endCheck(`the start command ended with code ${code}: ${lastLine || 'it said nothing'}`, lastLine, facts, code);
}
/** An end that is the same wherever the image runs is an error; another may be for want of what the checks do not have. */
function endCheck(text, said, facts, code) {
    const line = said.slice(-start_checks_LONGEST);
    const certain = notThere(line, facts) ?? leftBehindAdvice(line, facts) ?? missingHint(line) ?? start_checks_broken(line);
    if (certain)
        return failed('start', text, certain, 'error');
    return failed('start', text, (causeOf(line) ?? causeOf(text))?.next ?? start_checks_LOOK, code === 126 || code === 127 ? 'error' : 'warning');
}
/** How shells, env and the engine say that a program could not be started. @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
const PROGRAM = /(?:\bexec:? |: )["'‘]?([^\s"'‘’:]+)["'’]?: (?:stat [^:]*: )?(?:executable file )?(not found|no such file or directory|permission denied|exec format error)/i;
const start_checks_FOLDER = /\bcd: (?:can't cd to ([^\s:]+)|([^\s:]+): No such file)|can't chdir to '([^']+)'/i;
const MODULE = /No module named '?([\w.]+)|Could not import module "([\w.]+)"/;
/** What the start command names and the image does not have, and what to do; undefined for other ends. */
function notThere(line, { command, besideWheel }) {
    const words = command.join(' ');
    const [, ...folders] = start_checks_FOLDER.exec(line) ?? [];
    const folder = folders.find(Boolean);
    if (folder)
        return `The folder ${folder} is not in the image: leave it out of the command, or ${TAKE_SOURCE}.`;
    const [, program = '', fault = ''] = PROGRAM.exec(line) ?? [];
    if (program && words.includes(program)) {
        if (/denied/i.test(fault))
            return `${program} may not be executed: give it chmod +x in the source, or start it by sh.`;
        if (/format/i.test(fault))
            return `${program} is no program: give it a first line such as #!/bin/sh, or start it by sh.`;
        if (!program.includes('/'))
            return `${program} is not in the image: add what brings it to the dependencies, or set the input command.`;
        return `${program} is not in the image, or the program of its first line is not: that line may end with CR (save it with LF).`;
    }
    const file = /can't open file '([^']+)'/.exec(line)?.[1];
    if (file)
        return `${file} is not in the image: put it into the project's package, ${TAKE_SOURCE}, or set the input command.`;
    const [, required, module = required] = MODULE.exec(line) ?? [];
    if (!module)
        return undefined;
    // `shop.web` of `gunicorn shop.web:app` is missing where `shop` is.
    const named = words.split(/[\s"'=:]+/).some((word) => word === module || word.startsWith(`${module}.`));
    if (!named)
        return undefined;
    const own = start_checks_sourceOf(module, besideWheel);
    if (own)
        return `${own} is in the source and not in the wheel: let the wheel have it, or ${TAKE_SOURCE}.`;
    return `${module} is not in the image: name a module that the project's package has, or add what brings it.`;
}
function start_checks_sourceOf(module, source) {
    const inside = module.replaceAll('.', '/');
    return source.find((file) => file === `${inside}.py` || file === `${inside}/__init__.py`);
}
/** Ends that come of the code itself, whatever it is given. Settings may be named by a variable, where it runs. */
function start_checks_broken(line) {
    const [, , module] = /^(ModuleNotFoundError: )No module named '([\w.]+)'/.exec(line) ?? [];
    if (module !== undefined)
        return /(^|[._])(settings|local)/.test(module) ? undefined : mend(line);
    const code = /^(ImportError: cannot import name|SyntaxError|IndentationError|TabError|NameError)|Failed to find attribute '|Failed to parse '[^']*' as an attribute|Attribute "[^"]*" not found in module/;
    return code.test(line) ? 'Correct that in the source, or in the start command.' : undefined;
}
const NAMED_FILE = /No such file or directory: b?['"]([^'"]+)['"]|Directory ['"]([^'"]+)['"] does not exist|(?:TemplateNotFound|TemplateDoesNotExist): ['"]?([^'"\s]+)/;
/** A file or folder of the source that the application asks for in vain, as its wheel does not hold it; undefined where the line names none. */
function leftBehind(said, { besideWheel }) {
    const [, file, folder, template] = NAMED_FILE.exec(said.slice(-start_checks_LONGEST)) ?? [];
    const asked = (file ?? folder ?? template)?.replace(/^.*\/(site|dist)-packages\//, '').replace(/^(\/app\/|\.\/)/, '');
    if (!asked || asked.startsWith('/'))
        return undefined;
    if (template !== undefined)
        return besideWheel.find((one) => one === asked || one.endsWith(`/${asked}`));
    const there = (one) => one === asked || [`${asked}/`, `src/${asked}/`].some((at) => one.startsWith(at)) || one.endsWith(`/${asked}`);
    return besideWheel.some(there) ? asked : undefined;
}
function leftBehindAdvice(line, facts) {
    const left = leftBehind(line, facts);
    if (left === undefined)
        return undefined;
    return `${left} is in the source and not in the wheel, which holds packages alone: move it into a package, named by its module's file, or ${TAKE_SOURCE}.`;
}
function listeningCheck({ port, wanted, loopback, socket, status, lastLine }, facts) {
    if (loopback !== undefined) {
        const text = `the start command listens on ${loopback} only: nothing outside the container reaches it (port ${port})`;
        // With a local socket beside it the port may be for the application itself.
        return failed('start', text, 'Bind 0.0.0.0.', socket === undefined ? 'error' : 'warning');
    }
    if (socket !== undefined)
        return passed('start', `the start command starts: it listens on ${socket}`);
    if (status === null)
        return failed('start', `the start command listens on port ${port} and does not answer`, start_checks_LOOK);
    if (status === 'other')
        return passed('start', `the start command starts: port ${port} is open`);
    if (status >= 500) {
        const text = `the start command starts, and GET / on port ${port} answers ${status}${lastLine ? `: ${lastLine}` : ''}`;
        const certain = leftBehindAdvice(lastLine, facts);
        return failed('start', text, certain ?? causeOf(lastLine)?.next ?? WHY, certain === undefined ? 'warning' : 'error');
    }
    if (status === 400) {
        const why = `it starts, and GET / on port ${port} as localhost answers 400: a host or setting refuses it, as Django's ALLOWED_HOSTS does`;
        return undone('start', 'start command', why);
    }
    const other = wanted === undefined || port === wanted ? '' : `, though PORT says ${wanted}`;
    return passed('start', `the start command starts: GET / on port ${port} answers ${status}${other}`);
}
const WHY = 'Its log has the reason, where it logs errors: run the image and look. What it needs can be given to the checks by the input env.';
function stopCheck({ stopped, waited, busy }, command) {
    if (stopped === undefined)
        return failed('stop', `SIGTERM does not stop it within ${Math.round(waited)} s`, hearing(command));
    if (stopped > SOON * busy)
        return failed('stop', `SIGTERM stops it only after ${stopped.toFixed(1)} s`, hearing(command));
    return passed('stop', `SIGTERM stops it within ${busy > 1 && stopped > SOON ? `${stopped.toFixed(1)} s on a busy machine` : 'a second'}`);
}
/** How a command comes to hear SIGTERM. @see https://uwsgi-docs.readthedocs.io/en/latest/Options.html#die-on-term */
function hearing(command) {
    const words = command.join(' ');
    if (/\buwsgi\b/i.test(words) && !words.includes('die-on-term')) {
        return 'uWSGI takes SIGTERM for a reload: give it --die-on-term, or set die-on-term = true in its file.';
    }
    const at = command.indexOf('-c');
    const line = command[at - 1] === 'sh' ? (command[at + 1] ?? '') : `exec ${words.replace('/usr/local/bin/entrypoint ', '')}`;
    if (/(^|&&|;)\s*exec (?!(\S*\/)?(ba|da)?sh\b|\S+\.sh\b)[^;&|\n]+$/.test(line.slice(0, start_checks_LONGEST))) {
        return 'No shell stands between: look at what the application does on SIGTERM before it ends.';
    }
    return 'Let the start command end with exec, so that the application itself gets the signal.';
}

;// CONCATENATED MODULE: ./lib/judge/checks/agreement.js


// What one check has seen, another one does not deny.
/**
 * The checks of a container beside how the start went: where that answered, the modules that it names can be imported.
 * @param command its words
 */
function agreeing(checks, started, command) {
    if (!answered(started))
        return checks;
    const words = command.join(' ').split(/[\s"'=:]+/);
    return checks.map((check) => {
        const [, module] = check.name === 'imports' && check.state === 'failed' ? (/^(\S+) cannot be imported: /.exec(check.text) ?? []) : [];
        const served = module !== undefined && words.some((word) => word === module || word.startsWith(`${module}.`));
        return served ? undone('imports', `import of ${module}`, `it fails beside the start command, which answers (${check.text})`) : check;
    });
}
/** The check of templates, static files and data, where the start command asks for one of them in vain. */
function contentBeside(check, started, facts) {
    const line = started && 'lastLine' in started ? started.lastLine : '';
    const left = check.state === 'passed' ? leftBehind(line, facts) : undefined;
    return left === undefined
        ? check
        : failed('content', `not in the image: ${left}, which the start command asks for`, 'The line of the start command says what to do.');
}
/**
 * The files of a source that a wheel does not hold.
 * @param source paths of the source
 * @param held paths below the folder of packages
 */
function notHeld(source, held) {
    const there = new Set(held);
    return source.filter((file) => {
        const parts = file.split('/');
        return !parts.some((_, i) => there.has(parts.slice(i).join('/')));
    });
}

;// CONCATENATED MODULE: ./lib/judge/sbom/consistency.js




/**
 * What does not go together among installed packages, as `uv pip check` and `pip check` see it: what is
 * required and not there, there in another version, there twice, or not for this Python. Requirements of
 * extras are left aside: which extras were asked for is not recorded.
 * @param overridden normalised names whose version the user decides against what requires them
 * @returns one text for each conflict
 */
function conflicts(installed, environment, overridden = []) {
    const versions = new Map();
    for (const { name, version } of installed) {
        versions.set((0,project_names/* normalizeName */.P)(name), [...(versions.get((0,project_names/* normalizeName */.P)(name)) ?? []), version]);
    }
    const twice = [...versions].filter(([, found]) => found.length > 1).map(([name, found]) => `${name} is there as ${found.join(' and ')}`);
    return [...twice, ...installed.flatMap((distribution) => conflictsOf(distribution, versions, environment, overridden))];
}
function conflictsOf({ name, version, requires, requiresPython }, versions, environment, overridden) {
    const python = environment.python_full_version ?? '';
    const texts = [];
    if (requiresPython && (0,pep440/* validRange */.Im)(requiresPython) && (0,pep440/* valid */.rZ)(python) && !(0,pep440/* satisfies */.ib)(python, requiresPython, { prereleases: true })) {
        texts.push(`${name} ${version} requires Python ${requiresPython}, this is ${python}`);
    }
    for (const line of requires) {
        const needed = consistency_readable(line, environment);
        if (!needed || overridden.includes(needed.name))
            continue;
        const found = versions.get(needed.name);
        if (!found)
            texts.push(`${name} requires ${needed.name}, which is not installed`);
        else if (needed.specifier && !found.some((have) => !(0,pep440/* valid */.rZ)(have) || (0,pep440/* satisfies */.ib)(have, needed.specifier, { prereleases: true }))) {
            texts.push(`${name} requires ${needed.name}${needed.specifier}, installed is ${found.join(' and ')}`);
        }
    }
    return texts;
}
/** A requirement that applies here; undefined for one that does not, and for one that no tool could read. */
function consistency_readable(line, environment) {
    try {
        const requirement = (0,requirements_requirement/* readRequirement */.M)(line);
        return holds(requirement.marker, environment, { extras: [], groups: [] }) ? requirement : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/judge/checks/site-checks.js





const site_checks_text = (0,grammar/* said */.ag)(2000);
const NAMES = (0,grammar/* listOf */.c3)((0,grammar/* said */.ag)(200), 1000);
const UNDONE = { undone: site_checks_text };
const site_checks_FOUND = dist/* object */.Ikc({ id: (0,grammar/* said */.ag)(100), text: (0,grammar/* said */.ag)(500) });
/** Apps with models and without a folder of migrations are `without`. */
const MIGRATIONS = dist/* object */.Ikc({ labels: NAMES, pending: dist/* boolean */.zMY(), changes: NAMES, without: NAMES });
const APP_FAULTS = (0,grammar/* listOf */.c3)(dist/* object */.Ikc({ app: (0,grammar/* said */.ag)(200), own: dist/* boolean */.zMY(), fault: site_checks_text }), 1000);
/** Lines of `stages/check/django_site.py`, each with an answer, with why the site cannot be set up, or with why there is none. */
const siteLine = dist/* union */.KCZ([
    dist/* object */.Ikc({ section: dist/* literal */.euz('settings'), fault: dist/* nullable */.mee(site_checks_text) }),
    dist/* object */.Ikc({ section: dist/* literal */.euz('apps'), count: grammar/* size */.Ej, faults: APP_FAULTS }),
    dist/* object */.Ikc({ section: dist/* literal */.euz('migrations'), found: MIGRATIONS }),
    dist/* object */.Ikc({ section: dist/* literal */.euz('deploy'), found: (0,grammar/* listOf */.c3)(site_checks_FOUND, 10_000) }),
    dist/* object */.Ikc({ section: dist/* picklist */.KIO(['migrations', 'deploy']), setup: site_checks_text }),
    dist/* object */.Ikc({ section: dist/* picklist */.KIO(['settings', 'apps', 'migrations', 'deploy']), ...UNDONE }),
]);
/** What a Django site says of itself. @param lines null where the image holds none */
function siteChecks(lines) {
    if (!lines)
        return [];
    const settings = lines.find((line) => line.section === 'settings');
    const whyNot = settings === undefined ? site_checks_NOTHING : 'undone' in settings ? settings.undone : undefined;
    const fault = settings && 'fault' in settings ? settings.fault : null;
    const broken = fault === null ? whyNot : `the settings cannot be loaded: ${fault}`;
    if (broken !== undefined) {
        return [
            undone('apps', 'installed apps', broken, wanting(broken)),
            undone('migrations', 'migrations', broken),
            undone('deploy', DEPLOY, broken),
        ];
    }
    return [appsCheck(lines), migrationsCheck(lines), deployCheck(lines)];
}
const site_checks_NOTHING = 'nothing was answered';
const DEPLOY = 'check --deploy';
/** Why a section has no answer. */
function reason(lines, section) {
    const line = lines.find((one) => one.section === section);
    if (line && 'setup' in line)
        return `the site cannot be set up: ${line.setup}`;
    return line && 'undone' in line ? line.undone : site_checks_NOTHING;
}
function appsCheck(lines) {
    const line = lines.find((one) => 'faults' in one);
    if (!line) {
        const why = reason(lines, 'apps');
        return undone('apps', 'installed apps', why, wanting(why));
    }
    const { faults, count } = line;
    const worst = faults.find(({ own }) => own) ?? faults[0];
    if (!worst)
        return passed('apps', `every installed app can be imported (${count})`);
    const text = `the installed app ${worst.app} cannot be imported: ${worst.fault}`;
    return failed('apps', text, mend(worst.fault), worst.own ? 'error' : 'warning');
}
function migrationsCheck(lines) {
    const line = lines.find((one) => one.section === 'migrations' && 'found' in one);
    if (!line || !('found' in line) || line.section !== 'migrations')
        return undone('migrations', 'migrations', reason(lines, 'migrations'));
    const { labels, pending, changes, without } = line.found;
    const next = 'Run manage.py makemigrations and commit what it writes.';
    if (pending)
        return failed('migrations', `models have changes without a migration: ${(0,words/* listed */.KE)(changes) || (0,words/* listed */.KE)(labels)}`, next);
    if (without.length > 0)
        return failed('migrations', `${(0,words/* listed */.KE)(without)} has models and no migrations`, next);
    if (labels.length === 0)
        return passed('migrations', 'no app of the project has migrations');
    return passed('migrations', `migrations are complete (${(0,words/* listed */.KE)(labels)})`);
}
function deployCheck(lines) {
    const line = lines.find((one) => one.section === 'deploy' && 'found' in one);
    if (!line || !('found' in line) || line.section !== 'deploy')
        return undone('deploy', DEPLOY, reason(lines, 'deploy'));
    const { found } = line;
    const [first] = found;
    if (!first)
        return passed('deploy', 'check --deploy finds nothing');
    const many = `check --deploy finds ${found.length}: ${(0,words/* listed */.KE)(counted(found.map(({ id, text }) => id || text)), 6)}`;
    const text = found.length === 1 ? `check --deploy: ${first.id} ${first.text}` : many;
    return failed('deploy', text, 'manage.py check --deploy explains them; SILENCED_SYSTEM_CHECKS takes the ones that are meant.');
}
/** Each once, with how often it is there. */
function counted(names) {
    const times = (name) => names.filter((one) => one === name).length;
    return [...new Set(names)].map((name) => (times(name) > 1 ? `${name} (${times(name)} times)` : name));
}

;// CONCATENATED MODULE: ./lib/judge/checks/container-checks.js










const container_checks_text = (0,grammar/* said */.ag)(2000);
const container_checks_fault = dist/* nullable */.mee(container_checks_text);
const TARGET = { kind: dist/* picklist */.KIO(['module', 'entry point']), name: (0,grammar/* said */.ag)(200), object: (0,grammar/* said */.ag)(500) };
/** Of one that was looked at its fault, null for none; else why it was not. */
const IMPORT = dist/* union */.KCZ([dist/* object */.Ikc({ ...TARGET, fault: container_checks_fault }), dist/* object */.Ikc({ ...TARGET, undone: container_checks_text })]);
/** A path in the image, as it is shown and compared: no line of a log. */
const PATH = (0,grammar/* line */.n8)(4096);
/** What the script `stages/check/inspect.py` tells of an image in the end. What is in an image, anybody may have written. */
const containerReport = dist/* object */.Ikc({
    uid: grammar/* size */.Ej,
    gid: grammar/* size */.Ej,
    markers: dist/* record */.g1P(dist/* string */.YjP(), (0,grammar/* line */.n8)(500)),
    distributions: (0,grammar/* listOf */.c3)(dist/* object */.Ikc({ name: (0,grammar/* said */.ag)(200), version: (0,grammar/* said */.ag)(200), requires: (0,grammar/* listOf */.c3)(container_checks_text, 5000), requiresPython: (0,grammar/* said */.ag)(500) }), 20_000),
    /** The project's own package; null where it has none, or it is not installed. */
    own: dist/* nullable */.mee(dist/* object */.Ikc({
        /** That are there, relative to the folder of packages. */
        files: (0,grammar/* listOf */.c3)(PATH, 1_000_000),
        scripts: (0,grammar/* listOf */.c3)(dist/* object */.Ikc({ name: (0,grammar/* said */.ag)(200), fault: container_checks_fault }), 10_000),
        modules: (0,grammar/* listOf */.c3)(grammar/* moduleName */.AO, 10_000),
    })),
    /** What the script of SBOMs told, as it told it; null where it was not asked. */
    contents: dist/* unknown */.L5J(),
    imports: (0,grammar/* listOf */.c3)(IMPORT, 20_000),
    libraries: dist/* union */.KCZ([
        dist/* object */.Ikc({ undone: container_checks_text }),
        dist/* object */.Ikc({ count: grammar/* size */.Ej, missing: (0,grammar/* listOf */.c3)(dist/* object */.Ikc({ file: (0,grammar/* said */.ag)(1000), library: (0,grammar/* said */.ag)(200), loaded: dist/* boolean */.zMY() }), 100_000) }),
    ]),
    /** Null where there is no Django, or no settings. */
    site: dist/* nullable */.mee((0,grammar/* listOf */.c3)(siteLine, 10)),
    /** Names of .pth files whose code is left aside. */
    unread: (0,grammar/* listOf */.c3)((0,grammar/* said */.ag)(100), 1000),
    /** Names of the `.dist-info` folders that hold more than 32 MB of metadata: nobody has looked into them. */
    oversized: (0,grammar/* listOf */.c3)((0,grammar/* said */.ag)(200), 20_000),
});
/** What it tells first: what the whole file system of an image is like. */
const systemReport = dist/* object */.Ikc({
    /** Paths of programs, and of what compilers keep elsewhere, outside of `owned` and the virtual environment. */
    programs: (0,grammar/* listOf */.c3)(dist/* string */.YjP(), 100_000),
    /** Folders that the image's user owns, without those below them; null where that is root. */
    owned: dist/* nullable */.mee((0,grammar/* listOf */.c3)(dist/* string */.YjP(), 100_000)),
});
/** Every check that takes a container. @param report or why there is none */
function containerChecks(application, report) {
    if (typeof report === 'string')
        return undoneAll(application, report);
    const dead = application.project !== '' && report.own === null;
    return [
        librariesCheck(report),
        ...(dead && report.oversized.some((folder) => (0,project_names/* normalizeName */.P)(folder.split('-')[0] ?? '') === (0,project_names/* normalizeName */.P)(application.project))
            ? [undone('imports', "the project's own modules", tooLarge(report), REBUILD)]
            : dead
                ? [
                    failed('imports', `the package ${application.project} is not installed in the image`, 'Let the Dockerfile install the wheelhouse.'),
                ]
                : importsChecks(report)),
        ...siteChecks(report.site),
        metadataCheck(application, report),
    ];
}
function undoneAll({ django }, why) {
    const next = 'The image must be able to run Python without a network.';
    return [
        undone('libraries', 'shared libraries', why, next),
        undone('imports', "the project's own modules", why, next),
        ...(django
            ? [undone('apps', 'installed apps', why), undone('migrations', 'migrations', why), undone('deploy', 'check --deploy', why)]
            : []),
        undone('metadata', 'requirements of all packages', why),
    ];
}
function librariesCheck({ libraries }) {
    if ('undone' in libraries)
        return undone('libraries', 'shared libraries', libraries.undone);
    const { missing, count } = libraries;
    if (missing.length === 0) {
        const looked = `${count} file${count === 1 ? '' : 's'} looked at`;
        return passed('libraries', count === 0 ? 'no shared library is needed' : `every shared library is found (${looked})`);
    }
    const loaded = missing.filter((one) => one.loaded);
    if (loaded.length > 0)
        return missingLibraries(loaded, 'error');
    return missingLibraries(missing, 'warning');
}
/** @param level a warning where nothing but a plugin lacks them: whether that is ever loaded, nobody knows */
function missingLibraries(missing, level) {
    const names = [...new Set(missing.map(({ library }) => library))];
    const text = names
        .slice(0, 3)
        .map((name) => `${name} is missing (needed by ${(0,words/* listed */.KE)(missing.filter(({ library }) => library === name).map(({ file }) => container_checks_short(file)), 1)})`)
        .join('; ');
    if (names.every((name) => /^(GLIBC|GLIBCXX|CXXABI)_/.test(name))) {
        return failed('libraries', text, 'Take a newer parent-image: the system is older than what the wheel was built for.', level);
    }
    const packages = [...new Set(names.flatMap((name) => packageOfLibrary(name) ?? []))];
    const next = packages.length > 0 ? `Set runtime-packages: ${packages.join(' ')}` : 'Name the Debian package that holds it in runtime-packages.';
    if (level === 'error')
        return failed('libraries', text, next);
    return failed('libraries', text, `No module of Python links it, only a plugin that may never be loaded. If it is: ${next}`, level);
}
function container_checks_short(file) {
    return file.replace(/^.*\/(site|dist)-packages\//, '');
}
function importsChecks({ imports, own, unread }) {
    const modules = imports.filter(({ kind }) => kind === 'module');
    const entries = imports.filter(({ kind }) => kind === 'entry point');
    const aside = unread.length > 0 ? ` The code in ${(0,words/* listed */.KE)(unread)} is not run by the checks.` : '';
    const withAside = (check) => (check.state === 'failed' ? { ...check, next: `${check.next}${aside}` } : check);
    return [modulesCheck(modules), ...scriptsCheck(entries, own?.scripts ?? [])].map(withAside);
}
/** Undefined for one that was not looked at, null for none. */
function faultOf(target) {
    return 'fault' in target ? target.fault : undefined;
}
function whyUndone(targets) {
    return targets.flatMap((target) => ('undone' in target ? [target.undone] : []))[0];
}
function modulesCheck(modules) {
    const names = modules.map(({ name }) => name);
    if (names.length === 0)
        return undone('imports', "the project's own modules", 'none is known');
    const broken = modules.find((target) => typeof faultOf(target) === 'string');
    if (broken)
        return failed('imports', `${broken.name} cannot be imported: ${faultOf(broken)}`, mend(faultOf(broken) ?? ''));
    const why = whyUndone(modules);
    if (why !== undefined)
        return undone('imports', `import of ${(0,words/* listed */.KE)(names)}`, why, GIVE);
    return passed('imports', `${(0,words/* listed */.KE)(names)} can be imported`);
}
function scriptsCheck(entries, scripts) {
    const names = [...new Set([...scripts, ...entries].map(({ name }) => name))].sort();
    if (names.length === 0)
        return [];
    const broken = scripts.find(({ fault }) => fault !== null);
    if (broken)
        return [failed('scripts', `the script ${broken.name} does not work: ${broken.fault}`, 'Check scripts in the metadata.')];
    const dead = entries.find((target) => typeof faultOf(target) === 'string');
    if (dead) {
        const fault = faultOf(dead) ?? '';
        const next = /ModuleNotFoundError/.test(fault) || causeOf(fault) ? mend(fault) : `Let [project.scripts] name a function that is there.`;
        return [failed('scripts', `the script ${dead.name} is dead: ${dead.object}: ${fault}`, next)];
    }
    const why = whyUndone(entries);
    if (why !== undefined)
        return [undone('scripts', `the scripts ${(0,words/* listed */.KE)(names)}`, why, GIVE)];
    return [passed('scripts', `its scripts can start: ${(0,words/* listed */.KE)(names)}`)];
}
const REBUILD = 'Look into its RECORD and METADATA, and build that package again.';
function tooLarge({ oversized }) {
    return `more than 32 MB of metadata in ${(0,words/* listed */.KE)(oversized)}`;
}
function metadataCheck({ overridden }, report) {
    const { distributions, markers } = report;
    if (report.oversized.length > 0)
        return undone('metadata', 'requirements of all packages', tooLarge(report), REBUILD);
    if (distributions.length === 0)
        return undone('metadata', 'requirements of all packages', 'no package is installed');
    const found = conflicts(distributions, markers, overridden);
    if (found.length === 0)
        return passed('metadata', `requirements of all ${distributions.length} packages are met`);
    return failed('metadata', `packages do not go together: ${(0,words/* listed */.KE)(found)}`, 'Make the lock again, or correct the requirements.');
}

;// CONCATENATED MODULE: ./lib/judge/checks/image-checks.js



function platformCheck(image, { platform }) {
    if (isFor(image, platform))
        return passed('platform', `is for ${platform}`);
    const text = `the image is for linux/${machineName(image)}, not for ${platform}`;
    return failed('platform', text, 'Check platform, and that parent-image exists for it.');
}
/** @param uid and gid as a container's own process has them; undefined where none could be started */
function userCheck(image, { user }, inside) {
    const [uid = '', gid] = (user === 'root' ? '0' : user).split(':');
    const said = image.config.user === '' || /^(root|0)(:|$)/.test(image.config.user) ? 'root' : `user ${image.config.user}`;
    const wanted = uid === '0' ? 'root' : `uid ${user}`;
    const next = 'Let the Dockerfile end with USER, or set the input user to what is meant.';
    if (!configSays(image.config.user, uid))
        return failed('user', `the image runs as ${said}, not as ${wanted}`, next);
    if (!inside)
        return undone('user', `its configuration says ${said}`, 'no container of it could be started');
    if (String(inside.uid) !== uid || (gid !== undefined && String(inside.gid) !== gid)) {
        return failed('user', `a container runs as uid ${inside.uid}, gid ${inside.gid}, not as ${wanted}`, next);
    }
    return passed('user', uid === '0' ? 'runs as root, as asked for' : `runs as uid ${uid}`);
}
function configSays(user, uid) {
    const [name = ''] = user.split(':');
    return uid === '0' ? name === '' || name === 'root' || name === '0' : name === uid;
}
/** Secrets, wheels and compilers. @param findings or why the image could not be read */
function layerChecks(image, wanted, findings) {
    const unread = typeof findings === 'string' ? findings : unreadLayers(image, findings);
    if (typeof findings === 'string' || unread) {
        return [
            ['secrets', 'secrets in the image'],
            ['wheels', 'wheels in a layer'],
            ['compilers', 'compilers'],
        ].map(([name, what]) => undone(name, what, unread, 'Check that docker save works on this machine.'));
    }
    const names = new Layers(image.layers, wanted.parentLayers);
    return [secretsCheck(findings, wanted, names), wheelsCheck(findings, names), compilersCheck(findings, names)];
}
function unreadLayers(image, findings) {
    const read = new Set(findings.layers);
    const count = image.layers.filter((layer) => !read.has(layer)).length;
    if (image.layers.length === 0)
        return 'docker names no layers';
    return count === 0 ? '' : `${count} of ${image.layers.length} layers were not in what docker saved`;
}
/** Which layers are ours, and what each is called. */
class Layers {
    all;
    first;
    constructor(all, parent) {
        this.all = all;
        const differs = parent.findIndex((layer, i) => all[i] !== layer);
        this.first = differs < 0 ? parent.length : differs;
    }
    /** An empty layer may be there twice: what is in the parent is the parent's. */
    isOurs(layer) {
        return this.all.indexOf(layer) >= this.first;
    }
    name(layer) {
        return `layer ${this.all.indexOf(layer) + 1} of ${this.all.length}`;
    }
}
function secretsCheck({ secrets, untold }, wanted, layers) {
    const what = 'secrets in layers, configuration and history';
    const found = secrets.filter(({ at }) => typeof at === 'string' || layers.isOurs(at.layer));
    if (found.length > 0) {
        const names = [...new Set(found.map(({ secret }) => secret))];
        const places = (name) => found.filter(({ secret }) => secret === name).map(({ at }) => (typeof at === 'string' ? at : `${layers.name(at.layer)} (${at.path})`));
        const text = names.map((name) => `${name} is in ${(0,words/* listed */.KE)(sourcesFirst([...new Set(places(name))]), 1)}`).join('; ');
        return failed('secrets', text, advice(found));
    }
    if (wanted.secrets === 0)
        return undone('secrets', what, 'this run was given none');
    const reason = `${(0,words/* listed */.KE)(untold)} cannot be told from ordinary text, being short or a plain word`;
    if (untold.length >= wanted.secrets)
        return undone('secrets', what, reason);
    return passed('secrets', `no secret in layers, configuration and history${untold.length > 0 ? ` (but ${reason})` : ''}`);
}
/** Byte code holds what its source holds. */
function sourcesFirst(places) {
    return [...places].sort((a, b) => Number(a.includes('.pyc')) - Number(b.includes('.pyc')));
}
function advice(found) {
    const inFile = found.some(({ at }) => typeof at !== 'string');
    return `Take it out of ${inFile ? 'the source or the Dockerfile' : 'the Dockerfile, image-env or labels'}, and replace it.`;
}
/** Where Python itself and packages keep wheels that they install elsewhere. */
const KEPT_BY_PACKAGES = /(^|\/)(site-packages|dist-packages|ensurepip\/_bundled|python-wheels)\//;
function wheelsCheck({ wheels }, layers) {
    const found = wheels.filter(({ layer, path, ours }) => layers.isOurs(layer) && (ours || !KEPT_BY_PACKAGES.test(path)));
    if (found.length === 0)
        return passed('wheels', 'no wheel in a layer');
    const text = `a wheel is in ${(0,words/* listed */.KE)(found.map(({ layer, path }) => `${layers.name(layer)} (${path})`), 2)}`;
    return failed('wheels', text, 'Mount wheels instead of copying them: what a later layer removes is still there.');
}
function compilersCheck({ compilers }, layers) {
    const ours = compilers.filter(({ layer }) => layers.isOurs(layer));
    if (ours.length > 0) {
        const text = `a compiler is in ${layers.name(ours[0]?.layer ?? '')}: ${(0,words/* listed */.KE)(ours.map(({ path }) => path))}`;
        return failed('compilers', text, 'Compile in the builder; name only run-time packages in runtime-packages.');
    }
    const parents = compilers.map(({ path }) => path);
    return passed('compilers', parents.length > 0 ? `no compiler but the parent image's own (${(0,words/* listed */.KE)(parents, 2)})` : 'no compiler');
}

;// CONCATENATED MODULE: ./lib/judge/sbom/image-contents.js

const word = dist/* fallback */.NpB(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* maxLength */.Ru6(10_000)), '');
const image_contents_text = dist/* fallback */.NpB(dist/* string */.YjP(), '');
const flag = dist/* fallback */.NpB(dist/* boolean */.zMY(), false);
/** The items of a list that are of a kind: none of what is no list. */
function those(item) {
    return dist/* pipe */.FsL(dist/* fallback */.NpB(dist/* array */.YOg(dist/* unknown */.L5J()), []), dist/* transform */.pdi((items) => items.flatMap((one) => (dist.is(item, one) ? [dist/* parse */.qgA(item, one)] : []))));
}
const TEXTS = dist/* pipe */.FsL(dist/* fallback */.NpB(dist/* record */.g1P(dist/* string */.YjP(), dist/* unknown */.L5J()), {}), dist/* transform */.pdi((table) => Object.fromEntries(Object.entries(table).filter((pair) => typeof pair[1] === 'string'))));
const NAMED = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* minLength */.BpQ(1), dist/* maxLength */.Ru6(1000));
const OS = dist/* fallback */.NpB(dist/* object */.Ikc({ ID: word, VERSION_ID: word, VERSION_CODENAME: word, PRETTY_NAME: word }), {
    ID: '',
    VERSION_ID: '',
    VERSION_CODENAME: '',
    PRETTY_NAME: '',
});
const CONTENTS = dist/* object */.Ikc({
    os: dist/* optional */.lqM(dist/* pipe */.FsL(OS, dist/* transform */.pdi((os) => ({ id: os.ID, version: os.VERSION_ID, codename: os.VERSION_CODENAME, name: os.PRETTY_NAME })))),
    python: dist/* optional */.lqM(dist/* fallback */.NpB(dist/* object */.Ikc({ version: word, file: word }), { version: '', file: '' })),
    debian: dist/* optional */.lqM(those(dist/* object */.Ikc({ name: NAMED, version: NAMED, architecture: word, source: word, licences: those(dist/* string */.YjP()) }))),
    distributions: dist/* optional */.lqM(those(dist/* object */.Ikc({ metadata: image_contents_text, application: flag, compiled: flag, libraries: those(dist/* string */.YjP()), sboms: TEXTS }))),
});
const NO_OS = { id: '', version: '', codename: '', name: '' };
/**
 * Reads the answer. It comes out of an image that holds anybody's code: whatever is not of its kind is left out.
 * @param said a value of JSON
 * @returns undefined where it is no answer at all
 */
function readContents(said) {
    const read = dist/* safeParse */.xLC(CONTENTS, said);
    if (!read.success || Array.isArray(said))
        return undefined;
    const { os = NO_OS, python = { version: '', file: '' }, debian = [], distributions = [] } = read.output;
    return { os, python, debian, distributions };
}

;// CONCATENATED MODULE: ./lib/plan/dockerfile/copy-instructions.js
/** Instructions that give an image files by copying them, or none at all. */
const HARMLESS = /^(COPY|WORKDIR|ENV|LABEL|USER|CMD|ENTRYPOINT|HEALTHCHECK) /;
/**
 * Whether an image has, above its parent, nothing but copies: then all of it is there to see in a container of it,
 * and no layer holds what a later one removes.
 * @param history and parent what made each, the newest step first
 */
function isCopied(history, parent) {
    const own = history.slice(0, history.length - parent.length);
    const rest = history.slice(own.length);
    return own.length > 0 && rest.every((step, i) => step === parent[i]) && own.every((step) => HARMLESS.test(step));
}

;// CONCATENATED MODULE: ./lib/run/proof/scan-layers.js







const LIMIT_MS = 60_000;
const APPLICATION = '/app';
/**
 * Looks for what must not be in an image: the short way where that tells enough and finds nothing, else by all of
 * its layers, which tells what holds it.
 * @param asking what a container of it says of the whole file system; null where it does not
 */
async function readImage(world, request, asking) {
    const short = await lookAtCopies(world, request, asking).catch(() => undefined);
    return short ?? (await readLayers(world, request));
}
/**
 * What an image of copies holds beyond its parent, as a container of it would see it: `docker save` writes the parent
 * too, which takes longer than the build where that is large. Of Debian's packages, whose stage sees neither the source
 * nor a secret, the names of programs are looked at.
 * @returns undefined where something is found, or this does not tell enough
 */
async function lookAtCopies(world, request, asking) {
    const { image, wanted, parent, secrets, wheels } = request;
    if (parent === undefined)
        return undefined;
    const [history, parents] = await Promise.all([world.docker.history(image.id), world.docker.history(parent)]);
    if (!isCopied(history, parents))
        return undefined;
    const scan = new ImageScan(secrets, wheels);
    scan.document(JSON.stringify({ config: JSON.parse(image.configuration), history }));
    const system = (await scanUnread(world, request, scan)) ? await asking : await scanCopies(world, image, scan, asking);
    if (!system)
        return undefined;
    const compilers = system.programs.filter((program) => isCompiler(program.slice(1)));
    const known = compilers.length > 0 ? await programsOf(world, parent) : new Set();
    if (compilers.some((program) => !known.has(program)))
        return undefined;
    const layer = image.layers[0] ?? '';
    const theirs = compilers.map((program) => ({ layer, path: program.slice(1) }));
    const { findings: own } = scan;
    const findings = { ...own, compilers: [...theirs, ...own.compilers], layers: image.layers };
    const checks = layerChecks(image, { ...wanted, secrets: secrets.length }, findings);
    if (checks.some(({ state }) => state === 'failed'))
        return undefined;
    const isClean = own.secrets.length + own.wheels.length + own.compilers.length === 0;
    return { findings, clean: isClean ? image.layers.filter((each) => !wanted.parentLayers.includes(each)) : [] };
}
/**
 * Reads what no run has read before, where that is no more than this run's change: those layers are built by themselves
 * from what BuildKit has, and are the image's own by their digests.
 * @returns whether all of the image is known now
 */
async function scanUnread(world, { image, wanted, clean, changes }, scan) {
    const known = new Set([...wanted.parentLayers, ...clean]);
    const unread = image.layers.filter((layer) => !known.has(layer));
    world.log.debug(`layers that were not read before: ${unread.length} of ${image.layers.length}`);
    if (unread.length === 0)
        return true;
    if (!changes || !unread.every((layer) => image.layers.slice(-CHANGES.length).includes(layer)))
        return false;
    const { settings, build } = changes;
    const reference = unfinishedName(world, 'changes');
    try {
        await buildTarget(world, settings, {
            ...build,
            target: 'changes',
            tags: [reference],
            localOnly: true,
            silent: true,
            hears: undefined,
            onStage: undefined,
        });
        const made = await world.docker.inspect(reference);
        if (!unread.every((layer) => made?.layers.includes(layer)))
            return false;
        await world.docker.read(reference, scan);
        return unread.every((layer) => scan.findings.layers.includes(layer));
    }
    catch {
        return false; // the other way needs no build
    }
    finally {
        await world.docker.untag(reference);
    }
}
/** Scans what copies have put into an image. @returns what the image says of the rest; undefined where that is not enough */
async function scanCopies(world, image, scan, asking) {
    const opened = await world.docker.open(image.id);
    const look = async (folder) => {
        const layer = scan.layer();
        await opened.read(folder, layer);
        layer.done(image.layers.at(-1) ?? '');
    };
    const others = async () => {
        const system = await asking;
        if (!system?.owned?.includes(APPLICATION))
            return undefined;
        await allDone(system.owned.filter((folder) => folder !== APPLICATION).map(look));
        return system;
    };
    try {
        // Both are there in every image of ours; which others belong to its user, the image itself tells.
        const [system] = await allDone([others(), look('/appenv'), look(APPLICATION)]);
        return system;
    }
    finally {
        await opened.close();
    }
}
/** Programs of an image that need not have Python: none where it cannot be asked. */
async function programsOf(world, image) {
    const command = ['/', '-xdev', '(', '-path', '*/bin/*', '-o', '-path', '*/sbin/*', '-o', '-name', 'cc1*', '-o', '-name', 'clang-*', ')'];
    const result = await world.docker.run({ image, entrypoint: 'find', command, user: '0', network: 'none', limit: LIMIT_MS });
    return new Set(result.code === 0 ? result.stdout.split('\n') : []);
}
async function readLayers(world, { image, wanted, secrets, wheels }) {
    const scan = new ImageScan(secrets, wheels);
    try {
        await world.docker.read(image.id, scan);
    }
    catch (error) {
        return { findings: error.message, clean: [] };
    }
    const { findings } = scan;
    const found = [...findings.secrets.map(({ at }) => at), ...findings.wheels, ...findings.compilers];
    const unclean = new Set([...wanted.parentLayers, ...found.map((at) => (typeof at === 'string' ? at : at.layer))]);
    return { findings, clean: findings.layers.filter((layer) => !unclean.has(layer)) };
}

;// CONCATENATED MODULE: ./lib/run/proof/run-checks.js













/** Seconds that the application may take to be imported, and to listen. */
const IMPORT_LIMIT = 20;
const START_LIMIT = 8;
/** How much longer all may take on a busy machine, as the observer measures it. */
const BUSIEST = 4;
const START_CONTAINER_MS = 30_000 * BUSIEST;
/** Its script has limits of its own, which grow with the load; this one is for a container that does not obey. */
const CONTAINER_LIMIT_MS = 90_000 * BUSIEST;
/**
 * Checks a built image itself: its files are read, one container tells of what is inside, one is started as
 * in production; side by side, without a network, and with nothing of this machine mounted.
 */
async function examine(world, request) {
    const { image, wanted, application } = request;
    const { system, report: asking } = askInside(world, request);
    const [look, report, started] = await allDone([readImage(world, request, system), asking, startOnce(world, request)]);
    const inside = typeof report === 'string' ? undefined : report;
    const all = { ...wanted, secrets: request.secrets.length };
    const held = inside?.own?.files;
    const besideWheel = held ? notHeld(request.source, held) : [];
    const content = held && request.content(held);
    const command = [...image.config.entrypoint, ...image.config.command];
    const checks = checks_inOrder([
        platformCheck(image, all),
        userCheck(image, all, inside),
        ...layerChecks(image, all, look.findings),
        ...agreeing(containerChecks(application, report), started, command),
        ...(content ? [contentBeside(content, started, { besideWheel })] : []),
        ...startChecks(started, { command, besideWheel, tool: request.tool }),
    ]);
    return { checks, clean: look.clean, contents: readContents(inside?.contents) };
}
function askInside(world, request) {
    const { promise: system, resolve: tell } = Promise.withResolvers();
    const word = runWord();
    const onLine = (line) => {
        const told = line.startsWith(`${word} {"system"`)
            ? (0,grammar/* readJson */.Vh)(dist/* object */.Ikc({ system: dist/* nullable */.mee(systemReport) }), line.slice(word.length))
            : null;
        if (told)
            tell(told.system);
    };
    const report = askContainer(world, request, word, onLine)
        .catch((error) => {
        if (error instanceof errors/* UserError */.yo || !(error instanceof Error))
            throw error;
        return error.message;
    })
        .finally(() => tell(null));
    return { system, report };
}
/** What tells lines of our scripts apart from lines of all that runs beside them. */
function runWord() {
    return (0,external_node_crypto_.randomBytes)(16).toString('hex');
}
async function askContainer(world, { image, python, application, env, describe }, word, onLine) {
    const scripts = ['libraries.py', 'ask.py', 'imports.py', 'django_site.py', 'inspect.py'];
    const texts = await Promise.all(scripts.map((name) => stageScript(world, 'check', name)));
    const describing = describe ? await stageScript(world, 'sbom', 'describe.py') : '';
    const asked = JSON.stringify({ ...application, describe: describing, limit: IMPORT_LIMIT });
    const result = await world.docker.run({
        image: image.id,
        entrypoint: python,
        // A JSON text in a JSON text is a literal of Python too.
        command: [...ISOLATED, '-c', `${texts.join('\n')}\nmain(json.loads(${JSON.stringify(asked)}))\n`],
        env: { ...env },
        network: 'none',
        input: word,
        limit: CONTAINER_LIMIT_MS,
        onLine,
    });
    if (result.timedOut)
        return `the container was stopped after ${CONTAINER_LIMIT_MS / 1000} s`;
    const last = result.stdout.split('\n').findLast((line) => line.startsWith(`${word} {`) && !line.startsWith(`${word} {"system"`));
    if (last === undefined)
        return telling(`${result.stdout}\n${result.stderr}`.split('\n')) || `the container ended with code ${result.code}`;
    const told = (0,grammar/* readJson */.Vh)(dist/* unknown */.L5J(), last.slice(word.length));
    if (told === undefined)
        return `its answer was cut short (the container ended with code ${result.code})`;
    const read = dist/* safeParse */.xLC(containerReport, told);
    return read.success ? read.output : `the image tells what is odd: ${oddPart(read.issues[0])}`;
}
/** Nothing that is installed takes part: no `site`, no variables of Python. */
const ISOLATED = ['-I', '-S', '-B'];
function oddPart({ path, input }) {
    const where = path?.map(({ key }) => String(key)).join(' ') ?? 'its answer';
    return dist/* parse */.qgA((0,grammar/* said */.ag)(150), `${where} is ${JSON.stringify(input) ?? 'not there'}`);
}
/** Starts the image as it will be started: its own program is PID 1. @returns undefined where there is nothing to start */
async function startOnce(world, { image, env, python }) {
    const own = image.config.entrypoint.join(' ') === '/usr/local/bin/entrypoint'; // it starts what it is given
    if (image.config.command.length === 0 && (own || image.config.entrypoint.length === 0))
        return undefined;
    let service;
    try {
        service = await world.docker.start({ image: image.id, command: [], env: { ...env }, network: 'none', limit: START_CONTAINER_MS });
    }
    catch (error) {
        const why = error.message;
        return { kind: REFUSED.test(why) ? 'refused' : 'unseen', why: why || 'the container did not start in time' };
    }
    try {
        return await watch(service, python, await stageScript(world, 'check', 'started.py'), wantedPort(image, env));
    }
    catch (error) {
        return { kind: 'unseen', why: error.message }; // the daemon may be too busy to answer
    }
    finally {
        await service.remove().catch(() => { }); // what is left of a run is swept at its end
    }
}
/** How engines say that the image's program cannot be started; all else is of the machine. */
const REFUSED = /OCI runtime|\bexec(utable)?\b|no command specified|no such file|permission denied/i;
/** PORT as the container has it. */
function wantedPort(image, env) {
    const told = env.PORT ?? image.config.env.find((line) => line.startsWith('PORT='))?.slice('PORT='.length) ?? '';
    return /^\d{1,5}$/.test(told) ? Number(told) : undefined;
}
/** What the observer sees first: a port or a socket, whether others reach it, its answer, and how busy the machine is. */
const run_checks_SEEN = dist/* object */.Ikc({
    port: dist/* optional */.lqM(dist/* pipe */.FsL(grammar/* size */.Ej, dist/* maxValue */.cGV(65_535))),
    loopback: dist/* optional */.lqM((0,grammar/* said */.ag)(45)),
    socket: dist/* optional */.lqM((0,grammar/* said */.ag)(200)),
    status: dist/* optional */.lqM(dist/* nullable */.mee(dist/* union */.KCZ([dist/* pipe */.FsL(grammar/* size */.Ej, dist/* maxValue */.cGV(999)), dist/* literal */.euz('other')])), null),
    seconds: dist/* optional */.lqM(grammar/* seconds */.YA, START_LIMIT),
    busy: dist/* optional */.lqM(dist/* pipe */.FsL(grammar/* seconds */.YA, dist/* maxValue */.cGV(BUSIEST)), 1),
});
async function watch(service, python, script, wanted) {
    const word = runWord();
    const command = [python, ...ISOLATED, '-', String(wanted ?? 8000), String(START_LIMIT), String(GRACE)];
    // The application beside it could write lines there too; it sees the command line, and not what comes by stdin.
    const input = `${script}\nwatch("${word}")\n`;
    const asked = await service.exec(command, { input, limit: ((START_LIMIT + GRACE) * BUSIEST + 12) * 1000 });
    const [first = '', ...since] = asked.stdout.split('\n').flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length)] : []));
    const seen = (0,grammar/* readJson */.Vh)(run_checks_SEEN, first);
    if (!seen) {
        // Docker knows of the end of a container a little later than of that of a program in it.
        const code = await service.ended(asked.code === 0 ? 0 : 3000);
        if (code === undefined)
            return { kind: 'unseen', why: run_checks_unseen(asked) };
        const lines = await service.lastLines(LINES);
        return { kind: 'ended', code, lastLine: code === 0 ? '' : telling(lines), usage: isUsage(lines) };
    }
    const { port, loopback, socket, status, busy } = seen;
    const stopped = (0,grammar/* readJson */.Vh)(grammar/* seconds */.YA, since.at(-1) ?? '');
    const waited = (0,grammar/* readJson */.Vh)(grammar/* seconds */.YA, since.at(-2) ?? '') ?? GRACE;
    if (port === undefined && socket === undefined)
        return { kind: 'silent', seconds: Math.round(seen.seconds), stopped, waited, busy };
    const lastLine = typeof status === 'number' && status >= 500 ? (faultIn(await service.lastLines(LINES)) ?? '') : '';
    return { kind: 'listening', port, wanted, loopback, socket, status, lastLine, stopped, waited, busy };
}
/** Why the observer told nothing of a container that is still there. */
function run_checks_unseen({ timedOut, code, stderr }) {
    if (timedOut)
        return 'the machine was too busy: nothing was answered in time';
    return code === 0
        ? 'its answer was cut short'
        : `the image has no Python that could look on (${telling(stderr.split('\n')) || `code ${code}`})`;
}
/** Of its output. */
const LINES = 200;
const USAGE = /^\s*usage:|^Type '.* help <subcommand>'/i;
/** Whether a program printed how it is called, and nothing before. */
function isUsage(lines) {
    return lines.slice(0, 3).some((line) => USAGE.test(line));
}
/** Of what a program said the line that tells why it ended. */
function telling(lines) {
    const all = lines.slice(-2000).flatMap((line) => line.slice(0, 2000).trim() || []);
    return dist/* parse */.qgA((0,grammar/* said */.ag)(1000), all.findLast((line) => FAULT.test(line)) ?? all.at(-1) ?? '');
}
const FAULT = /^[\w.]*(Error|Exception|ImproperlyConfigured|NotFound|DoesNotExist)\b.*:|: error:/;
function faultIn(lines) {
    const found = lines.map((line) => line.slice(0, 2000).trim()).findLast((line) => FAULT.test(line));
    return found === undefined ? undefined : dist/* parse */.qgA((0,grammar/* said */.ag)(1000), found);
}

;// CONCATENATED MODULE: ./lib/run/proof/check-release.js


























/** A change of what is looked for makes old proofs void. */
const CHECKS_VERSION = '4';
/**
 * Checks the release before any tag is set or pushed, and prints the list. An image that passed the same
 * checks before is not checked again.
 * @throws UserError naming the first check that failed, where `checks` is `error`
 */
async function prove(world, material) {
    const { inputs, plan, parentLayers } = material;
    const secrets = knownSecrets(inputs, plan.settings, material.login);
    const lasting = lastingSecrets(secrets);
    const [state, scanned, wanted] = await Promise.all([
        world.records.all(),
        scanPrint(lasting, parentLayers[0] ?? ''),
        proofRequest(world, material, secrets),
    ]);
    const scan = state.scans?.[plan.suffix];
    const request = { ...wanted, clean: scan?.version === SCAN_VERSION && scan.print === scanned ? scan.layers : [] };
    const printing = proofPrint(world, request, lasting); // slow on purpose, and beside other work where no answer is kept
    const kept = state.proofs?.[plan.suffix];
    const before = kept?.image === request.image.id && kept.print === (await printing) ? kept.checks : undefined;
    if (before)
        world.log.info('  this image passed them before:');
    const [print, examined] = await allDone([printing, before ? Promise.resolve(undefined) : examine(world, request)]);
    const checks = before ?? (examined?.checks ?? []).map((check) => withoutSecrets(check, request.secrets));
    world.log.foreign(checks.map((check) => `  ${checkLine(check, inputs.checks)}`));
    if (examined) {
        const { clean } = examined;
        if (mayBeKept(checks))
            await world.records.put('proofs', plan.suffix, { image: request.image.id, print, checks });
        if (clean.length > 0)
            await world.records.put('scans', plan.suffix, { version: SCAN_VERSION, print: scanned, layers: clean });
        await world.records.save();
    }
    for (const text of checkWarnings(checks.filter(({ name }) => name !== 'content'), // said when the wheel was made
    inputs.checks))
        world.log.warning(text);
    const undone = undoneNotice(checks);
    if (undone)
        world.log.notice(undone);
    const error = checksError(fatal(checks, inputs.checks));
    if (error)
        throw new errors/* UserError */.yo(error.step, error.message, error.next, { report: checkList({ list: checks, mode: inputs.checks }) });
    return { checks, contents: examined?.contents };
}
async function proofRequest(world, material, secrets) {
    const { plan, inputs, house, release, build, parentLayers } = material;
    const [image, member, beside] = await Promise.all([
        world.docker.inspect(release.id),
        readMember({ files: world.files, top: world.context.workspace }, world.paths.project),
        isForeign(inputs) ? [] : lostBeside(world, plan.project, house),
    ]);
    const { overrides } = readUvSettings(uvOf(member).settings);
    if (!image)
        throw new Error(`the release ${release.id} is not on the daemon`);
    const sourceOnly = plan.project.sourceOnly !== undefined;
    const project = sourceOnly ? '' : house.app ? parseMetadata(house.app.metadata).name : plan.project.name;
    const sums = [...house.wheels.map(({ sha256 }) => sha256), ...(house.app ? [house.app.sha256] : [])];
    const keys = await choose_start_keysOf(world, house, release_image_settingsOf(plan, inputs.imageEnv), release.command?.modules ?? []);
    return {
        image,
        python: pythonOf(inputs, house.target),
        changes: build && { settings: plan.settings, build },
        parent: isForeign(inputs) ? undefined : plan.parent,
        wanted: {
            platform: material.platform,
            user: String(plan.uid),
            parentLayers,
        },
        application: {
            project,
            source: sourceOnly ? '/app' : '',
            modules: release.command?.modules ?? [],
            folder: release.command?.folder ?? WORK,
            paths: release.command?.paths ?? [],
            settings: plan.project.django?.settings ?? '',
            django: plan.project.django !== undefined,
            ...(overrides.length > 0 && { overridden: overrides.map((line) => (0,requirements_requirement/* readRequirement */.M)(line).name) }),
        },
        env: { ...throwAwayKeys(keys, image.config.env), ...inputs.env },
        secrets,
        wheels: sums,
        source: sourceOnly || inputs.dockerfile ? [] : house.source.snapshot.map(({ path }) => path),
        content: (files) => contentCheck(plan, house, files, beside),
        tool: release.command?.tool === true,
        describe: material.describe,
    };
}
/**
 * The Python beneath the virtual environment, by its whole path: a wheel may bring a `python` of its own. An own Dockerfile
 * makes of its image what it likes.
 */
function pythonOf({ dockerfile }, { executable }) {
    return dockerfile ? 'python' : executable;
}
/** Templates, static files and data of the source, compared with what is in the image. */
function contentCheck({ project }, { source }, files, [beside]) {
    const paths = source.snapshot.map((file) => file.path);
    const { files: missing, lines } = leftOut(paths, files, project.buildRequires, project.definition);
    const level = [...missing, ...(beside?.files ?? [])].some((file) => TEMPLATES.test(file)) ? 'error' : 'warning';
    if (missing.length === 0 && beside)
        return failed('content', `not in the image: ${besideText(beside)}`, BESIDE_NEXT, level);
    if (missing.length === 0)
        return passed('content', 'templates, static files and data of the source are there');
    return failed('content', `not in the image: ${(0,words/* listed */.KE)(missing)}`, `To put them there: ${(0,words/* listed */.KE)(lines)}.`, level);
}
/** No page is shown without them, and no volume brings them. */
const TEMPLATES = /(^|\/)templates\//;
/** A failure is looked at again, and so is what could not be looked at. */
function mayBeKept(checks) {
    return checks.every(({ state, level, next }) => state === 'passed' || (state === 'failed' ? level === 'warning' : next === ''));
}
/**
 * What a proof depends on beside the image. Secrets are in it by one slow hash over all of them, so that
 * nobody who finds the record learns one.
 */
async function proofPrint(world, request, secrets) {
    const { image, wanted, application, env, wheels, tool } = request;
    const texts = secrets.map(({ name, texts }) => [name, texts]);
    return fingerprint({
        version: CHECKS_VERSION,
        scripts: await scriptsPrint(world, 'check'),
        settings: await slowHash(JSON.stringify({ wanted, application, env, texts, wheels, tool }), image.id),
    });
}
/**
 * What layers are looked through for. What they must not hold beside secrets follows from their own files: the wheels of a
 * later wheelhouse cannot be in a layer that was there before.
 */
async function scanPrint(secrets, salt) {
    const texts = secrets.flatMap(({ texts }) => texts);
    return texts.length > 0 ? slowHash(JSON.stringify(texts), salt) : NO_SECRETS;
}
async function slowHash(text, salt) {
    return (await (0,external_node_util_.promisify)(external_node_crypto_.scrypt)(text, salt, 16)).toString('hex');
}
/** What a program says may hold a secret that it was given. */
function withoutSecrets(check, secrets) {
    const forms = secrets.flatMap(({ texts }) => texts.flatMap(masks/* masksOf */.JF)).sort((a, b) => b.length - a.length);
    return { ...check, text: forms.reduce((text, form) => text.replaceAll(form, '***'), check.text) };
}

;// CONCATENATED MODULE: ./lib/judge/sbom/bundled-components.js
/**
 * The libraries bundled in a wheel: by the SBOMs that it carries (PEP 770), else by the names that auditwheel gave to files.
 * @param ref the wheel's own reference, which theirs begin with
 */
function bundledIn(distribution, ref) {
    const read = Object.entries(distribution.sboms).map(([path, text]) => ({ path, components: componentsOf(text, `${ref}#${path}`) }));
    const carried = read.flatMap(({ components }) => components ?? []);
    const told = read.some(({ path, components }) => components !== undefined && /auditwheel/.test(path));
    const files = told ? [] : distribution.libraries.map((path) => libraryOf(path, ref));
    return {
        components: [...carried, ...files],
        incomplete: files.length > 0 || read.some(({ components }) => components === undefined),
    };
}
/** `numpy.libs/libgfortran-040039e1.so.5.0.0` is libgfortran 5.0.0, as far as a file's name tells: often that of its interface. */
function libraryOf(path, ref) {
    const file = path.split('/').at(-1) ?? path;
    const [stem = '', after = ''] = file.split(/\.so(?:\.|$)/, 2);
    const [, name = stem, before = ''] = /^(.+?)(?:-r?(\d[\w.]*))?$/.exec(stem.replace(/-[0-9a-f]{8}(?=\.|-|$)/, '')) ?? [];
    const version = after || before;
    return {
        type: 'library',
        'bom-ref': `${ref}#${path}`,
        name,
        ...(version ? { version } : {}),
        properties: [{ name: 'pypackager:file', value: path }],
    };
}
const TYPES = ['application', 'framework', 'library', 'container', 'platform', 'operating-system', 'firmware', 'file', 'data'];
const bundled_components_DEEPEST = 5;
/**
 * The components of a CycloneDX SBOM, flat, and of them only what can be taken over as it is: the file
 * comes from a wheel, and what it gets wrong would make ours wrong.
 * @returns undefined where it is not CycloneDX in JSON
 */
function componentsOf(text, ref) {
    let said;
    try {
        said = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if (said?.bomFormat !== 'CycloneDX')
        return undefined;
    return flat(said.components, 0).map((entry, i) => foreign(entry, `${ref}/${i}`));
}
function flat(value, depth) {
    if (!Array.isArray(value) || depth > bundled_components_DEEPEST)
        return [];
    return value
        .filter((entry) => typeof entry === 'object' && entry !== null && typeof entry.name === 'string' && entry.name !== '')
        .flatMap((entry) => [entry, ...flat(entry.components, depth + 1)]);
}
function foreign(entry, ref) {
    const text = (key) => (typeof entry[key] === 'string' && entry[key] !== '' ? entry[key] : undefined);
    const purl = /^pkg:[A-Za-z][\w.+-]*\/\S+$/.test(text('purl') ?? '') ? text('purl') : undefined;
    const version = text('version');
    const licences = foreignLicences(entry.licenses);
    const hashes = (Array.isArray(entry.hashes) ? entry.hashes : []).filter((hash) => hash?.alg === 'SHA-256' && /^[0-9a-f]{64}$/.test(String(hash.content)));
    return {
        type: TYPES.includes(String(entry.type)) ? entry.type : 'library',
        'bom-ref': ref,
        name: text('name') ?? '',
        ...(version ? { version } : {}),
        ...(hashes.length > 0 ? { hashes: hashes.map(({ alg, content }) => ({ alg, content })) } : {}),
        ...(licences.length > 0 ? { licenses: licences } : {}),
        ...(purl ? { purl } : {}),
    };
}
/** An id may be one that our version of the schema does not know: alone it is an expression, among others a name. */
function foreignLicences(value) {
    const entries = (Array.isArray(value) ? value : []);
    const names = entries
        .map((entry) => entry?.expression ?? entry?.license?.id ?? entry?.license?.name)
        .filter((name) => typeof name === 'string');
    const only = entries[0]?.expression ?? entries[0]?.license?.id;
    if (names.length === 1 && typeof only === 'string')
        return [{ expression: only }];
    return names.map((name) => ({ license: { name } }));
}

;// CONCATENATED MODULE: ./lib/judge/sbom/licences.js
/** Classifiers that mean one licence of SPDX and no other (PEP 639, "Mapping License Classifiers to SPDX Identifiers"). */
const CLASSIFIERS = {
    'MIT License': 'MIT',
    'MIT No Attribution License (MIT-0)': 'MIT-0',
    'ISC License (ISCL)': 'ISC',
    'The Unlicense (Unlicense)': 'Unlicense',
    'Mozilla Public License 1.0 (MPL)': 'MPL-1.0',
    'Mozilla Public License 1.1 (MPL 1.1)': 'MPL-1.1',
    'Mozilla Public License 2.0 (MPL 2.0)': 'MPL-2.0',
    'GNU General Public License v2 (GPLv2)': 'GPL-2.0-only',
    'GNU General Public License v2 or later (GPLv2+)': 'GPL-2.0-or-later',
    'GNU General Public License v3 (GPLv3)': 'GPL-3.0-only',
    'GNU General Public License v3 or later (GPLv3+)': 'GPL-3.0-or-later',
    'GNU Lesser General Public License v2 (LGPLv2)': 'LGPL-2.0-only',
    'GNU Lesser General Public License v2 or later (LGPLv2+)': 'LGPL-2.0-or-later',
    'GNU Lesser General Public License v3 (LGPLv3)': 'LGPL-3.0-only',
    'GNU Lesser General Public License v3 or later (LGPLv3+)': 'LGPL-3.0-or-later',
    'GNU Affero General Public License v3': 'AGPL-3.0-only',
    'GNU Affero General Public License v3 or later (AGPLv3+)': 'AGPL-3.0-or-later',
    'Boost Software License 1.0 (BSL-1.0)': 'BSL-1.0',
    'Eclipse Public License 1.0 (EPL-1.0)': 'EPL-1.0',
    'Eclipse Public License 2.0 (EPL-2.0)': 'EPL-2.0',
    'European Union Public Licence 1.1 (EUPL 1.1)': 'EUPL-1.1',
    'European Union Public Licence 1.2 (EUPL 1.2)': 'EUPL-1.2',
    'Universal Permissive License (UPL)': 'UPL-1.0',
    'Blue Oak Model License (BlueOak-1.0.0)': 'BlueOak-1.0.0',
    'CC0 1.0 Universal (CC0 1.0) Public Domain Dedication': 'CC0-1.0',
};
/** SPDX ids by what the free field `License` says, in lower case without blanks and the words that add nothing. */
const FREE_TEXTS = {
    mit: 'MIT',
    'mit-0': 'MIT-0',
    'apache-2.0': 'Apache-2.0',
    'apache2.0': 'Apache-2.0',
    'apachesoftware2.0': 'Apache-2.0',
    'bsd-2-clause': 'BSD-2-Clause',
    '2-clausebsd': 'BSD-2-Clause',
    'bsd-3-clause': 'BSD-3-Clause',
    bsd3clause: 'BSD-3-Clause',
    '3-clausebsd': 'BSD-3-Clause',
    isc: 'ISC',
    'mpl-2.0': 'MPL-2.0',
    'mpl2.0': 'MPL-2.0',
    'mozillapublic2.0': 'MPL-2.0',
    'psf-2.0': 'PSF-2.0',
    'python-2.0': 'Python-2.0',
    unlicense: 'Unlicense',
    'zpl-2.1': 'ZPL-2.1',
    'zpl2.1': 'ZPL-2.1',
    'gpl-2.0-only': 'GPL-2.0-only',
    'gpl-2.0-or-later': 'GPL-2.0-or-later',
    'gpl-3.0-only': 'GPL-3.0-only',
    'gpl-3.0-or-later': 'GPL-3.0-or-later',
    'lgpl-2.1-only': 'LGPL-2.1-only',
    'lgpl-2.1-or-later': 'LGPL-2.1-or-later',
    'lgpl-3.0-only': 'LGPL-3.0-only',
    'lgpl-3.0-or-later': 'LGPL-3.0-or-later',
    'agpl-3.0-only': 'AGPL-3.0-only',
    'agpl-3.0-or-later': 'AGPL-3.0-or-later',
};
/** Short names of Debian's copyright files that are one licence of SPDX (Debian's `MIT` may be any of several). */
const licences_DEBIAN = {
    Expat: 'MIT',
    ISC: 'ISC',
    X11: 'X11',
    Zlib: 'Zlib',
    zlib: 'Zlib',
    curl: 'curl',
    Beerware: 'Beerware',
    OpenSSL: 'OpenSSL',
    FSFAP: 'FSFAP',
    FSFULLR: 'FSFULLR',
    'Apache-2': 'Apache-2.0',
    'Apache-2.0': 'Apache-2.0',
    'Artistic-2.0': 'Artistic-2.0',
    'BSD-2-clause': 'BSD-2-Clause',
    'BSD-3-clause': 'BSD-3-Clause',
    'BSD-4-clause': 'BSD-4-Clause',
    'BSD-4-clause-UC': 'BSD-4-Clause-UC',
    CC0: 'CC0-1.0',
    'CC0-1.0': 'CC0-1.0',
    'MPL-1.1': 'MPL-1.1',
    'MPL-2.0': 'MPL-2.0',
};
/** All SPDX ids that these tables give, for the test that holds them against SPDX's list. */
const KNOWN_IDS = [
    ...Object.values(CLASSIFIERS),
    ...Object.values(FREE_TEXTS),
    ...Object.values(licences_DEBIAN),
    ...['GPL-1', 'GPL-2', 'GPL-3', 'LGPL-2', 'LGPL-2.1', 'LGPL-3', 'AGPL-3', 'GFDL-1.2', 'GFDL-1.3'].flatMap((name) => [gnu(name), gnu(`${name}+`)].filter((id) => id !== undefined)),
];
const licences_LONGEST = 100;
/**
 * The licences that a wheel declares: its License-Expression (PEP 639), else what its classifiers and the
 * older field License say. A name that could be several licences is dropped where another one is certain.
 */
function licencesOfWheel(fields) {
    const expression = fields('license-expression')[0];
    if (expression)
        return [{ expression }];
    const classifiers = fields('classifier')
        .filter((line) => line.startsWith('License :: '))
        .map((line) => line.split(' :: ').at(-1) ?? '')
        .filter((name) => name !== 'OSI Approved');
    const free = (fields('license')[0] ?? '').trim();
    const known = [...classifiers.map((name) => CLASSIFIERS[name]), freeText(free)].filter((id) => id !== undefined);
    if (known.length > 0)
        return [...new Set(known)].map((id) => ({ id }));
    const names = classifiers.length > 0 ? classifiers : [free];
    return [...new Set(names)].filter((name) => name !== '' && name !== 'UNKNOWN' && name.length <= licences_LONGEST).map((name) => ({ name }));
}
function freeText(text) {
    const plain = text.toLowerCase().replace(/\b(the|licen[cs]e|version|v(?=\d))|[\s,]+/g, '');
    return Object.hasOwn(FREE_TEXTS, plain) ? FREE_TEXTS[plain] : undefined;
}
/** The licences of a Debian package, by the short names in its machine-readable copyright file. */
function licencesOfDebian(names) {
    const found = names
        .filter((name) => name.length <= licences_LONGEST)
        .map((name) => {
        const id = Object.hasOwn(licences_DEBIAN, name) ? licences_DEBIAN[name] : gnu(name);
        return id === undefined ? { name } : { id };
    });
    return [...new Map(found.map((licence) => [JSON.stringify(licence), licence])).values()];
}
/** `GPL-2+` is GPL-2.0-or-later; a name without a version, or with more words, could be many. */
function gnu(name) {
    const [, family, version = '', later] = /^(GPL|LGPL|AGPL|GFDL)-(\d(?:\.\d)?)(\+)?$/.exec(name) ?? [];
    if (!family)
        return undefined;
    return `${family}-${version.includes('.') ? version : `${version}.0`}-${later ? 'or-later' : 'only'}`;
}

;// CONCATENATED MODULE: ./lib/judge/sbom/requires-graph.js




/**
 * Which installed distribution requires which, by their metadata: markers judged for the image, and
 * extras as far as somebody asks for them.
 * @param metadata headers of METADATA files
 * @param root the project's name
 * @param extras wanted of the project
 */
function requiresGraph(metadata, root, extras, environment) {
    const requires = new Map(metadata.map(parseMetadata).map(({ name, requires: lines }) => [(0,project_names/* normalizeName */.P)(name), lines.flatMap(requires_graph_read)]));
    const wanted = new Map([...requires.keys()].map((name) => [name, new Set()]));
    for (const extra of extras)
        wanted.get((0,project_names/* normalizeName */.P)(root))?.add(extra);
    const applying = (name) => (requires.get(name) ?? []).filter((requirement) => requires_graph_applies(requirement, environment, [...(wanted.get(name) ?? [])]));
    // A requirement may ask for an extra, which has requirements that ask for more: until nothing is new.
    for (let before = -1, count = 0; before !== count;) {
        before = count;
        for (const name of requires.keys())
            for (const requirement of applying(name))
                for (const extra of requirement.extras)
                    wanted.get(requirement.name)?.add(extra);
        count = [...wanted.values()].reduce((sum, set) => sum + set.size, 0);
    }
    return new Map([...requires.keys()].map((name) => {
        const names = applying(name).map((requirement) => requirement.name);
        return [name, [...new Set(names)].filter((other) => other !== name && requires.has(other)).sort()];
    }));
}
/** Old packages hold lines that are no requirements; they are nobody's edge. */
function requires_graph_read(line) {
    try {
        return [(0,requirements_requirement/* readRequirement */.M)(line)];
    }
    catch {
        return [];
    }
}
function requires_graph_applies({ marker }, environment, extras) {
    try {
        return holds(marker, environment, { extras, groups: [] });
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/judge/sbom/cyclonedx.js








const cyclonedx_NOTHING = {
    os: { id: '', version: '', codename: '', name: '' },
    python: { version: '', file: '' },
    debian: [],
    distributions: [],
};
/**
 * What an image holds, as a CycloneDX 1.6 document: installed distributions of Python, Debian packages,
 * Python itself, and what wheels have inside. The same image gives the same text: the time is the
 * commit's, and the serial number follows from the content.
 * @returns JSON
 */
function renderSbom(facts) {
    const contents = facts.contents ?? cyclonedx_NOTHING;
    const locked = new Map(readLock('pylock.toml', facts.lock).map((entry) => [entry.name, entry]));
    const python = contents.distributions.filter((entry) => !cyclonedx_isProject(entry, facts)).map((entry) => distribution(entry, facts, locked));
    const unseen = facts.contents
        ? []
        : facts.wheels.map((wheel) => ({ component: fromName(wheel), bundled: 'unknown', application: true }));
    const packages = [...python, ...unseen];
    const debian = contents.debian.map((entry) => debianPackage(entry, contents.os));
    const components = [...packages.map(({ component }) => component), ...runtime(contents), ...debian, ...system(contents)];
    const project = projectComponent(facts, contents);
    const content = {
        metadata: {
            timestamp: new Date(facts.epoch * 1000).toISOString(),
            tools: { components: [{ type: 'application', name: 'pypackager-action' }] },
            component: project,
            properties: properties(facts.properties),
        },
        components: cyclonedx_unique(components).sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
        dependencies: cyclonedx_dependencies(facts, contents, project['bom-ref'], packages),
        compositions: compositions(facts, project['bom-ref'], packages),
    };
    const head = { $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6' };
    return `${JSON.stringify({ ...head, serialNumber: serial(JSON.stringify(content)), version: 1, ...content }, null, 2)}\n`;
}
function cyclonedx_isProject(entry, { name, app }) {
    return app !== undefined && entry.application && (0,project_names/* normalizeName */.P)(parseMetadata(entry.metadata).name) === (0,project_names/* normalizeName */.P)(name);
}
function distribution(entry, facts, locked) {
    const { name, version } = parseMetadata(entry.metadata);
    const key = (0,project_names/* normalizeName */.P)(name);
    const wheel = entry.application ? facts.wheels.find((candidate) => (0,project_names/* normalizeName */.P)(candidate.name) === key) : undefined;
    const lock = wheel && locked.get(key);
    const purl = lock?.folder ? undefined : `pkg:pypi/${key}@${cyclonedx_encoded(version)}`;
    const ref = purl ?? `local/${key}@${version}`;
    const bundled = bundledIn(entry, ref);
    const compiled = entry.compiled || (wheel !== undefined && !wheel.file.endsWith('-any.whl'));
    const told = { 'pypackager:origin': wheel ? originOf(wheel, lock) : '', 'pypackager:wheel': wheel?.file ?? '' };
    return {
        application: entry.application,
        bundled: bundled.incomplete ? 'incomplete' : compiled && bundled.components.length === 0 ? 'unknown' : 'none',
        component: {
            type: 'library',
            'bom-ref': ref,
            name,
            version,
            ...(wheel ? { hashes: [{ alg: 'SHA-256', content: wheel.sha256 }] } : {}),
            ...licences(licencesOfWheel(metadataFields(entry.metadata))),
            ...(purl ? { purl } : {}),
            ...(wheel && lock ? references(wheel, lock) : {}),
            ...(bundled.components.length > 0 ? { components: bundled.components } : {}),
            properties: properties(wheel ? told : { 'pypackager:origin': entry.application ? 'unknown' : 'parent image' }),
        },
    };
}
/** Where the image could not be asked: what the wheelhouse knows. */
function fromName({ name, file, sha256: content }) {
    const version = file.split('-')[1] ?? '';
    const purl = `pkg:pypi/${(0,project_names/* normalizeName */.P)(name)}@${cyclonedx_encoded(version)}`;
    return { type: 'library', 'bom-ref': purl, name, version, hashes: [{ alg: 'SHA-256', content }], purl };
}
function originOf({ file }, lock) {
    if (!lock || lock.folder)
        return 'a folder or repository';
    return lock.wheels.some((remote) => remote.file === file) ? 'downloaded wheel' : 'built from its sdist';
}
/** Where the file came from, as the lock names it; never a login. */
function references({ file }, lock) {
    const remote = lock.wheels.find((candidate) => candidate.file === file);
    const url = publicAddress((remote ?? lock.sdist)?.url ?? '');
    return url ? { externalReferences: [{ type: remote ? 'distribution' : 'source-distribution', url }] } : {};
}
/** Without what a login or a signature may be in. */
function publicAddress(url) {
    return /^https?:\/\//.test(url) ? (0,text_addresses/* withoutLogin */.Gq)(url).replace(/[?#].*$/, '') : '';
}
function projectComponent(facts, contents) {
    const installed = contents.distributions.find((entry) => cyclonedx_isProject(entry, facts));
    const version = (installed && parseMetadata(installed.metadata).version) || facts.version;
    const bundled = installed ? bundledIn(installed, PROJECT).components : [];
    return {
        type: 'application',
        'bom-ref': PROJECT,
        name: facts.name,
        version,
        ...(facts.app ? { hashes: [{ alg: 'SHA-256', content: facts.app.sha256 }] } : {}),
        ...(installed ? licences(licencesOfWheel(metadataFields(installed.metadata))) : {}),
        ...(bundled.length > 0 ? { components: bundled } : {}),
        ...(facts.app ? { properties: properties({ 'pypackager:wheel': facts.app.file }) } : {}),
    };
}
const PROJECT = 'project';
/** CPython, where no Debian package owns it. */
function runtime({ python }) {
    if (!python.version || python.file.startsWith('/usr/bin/'))
        return [];
    const purl = `pkg:generic/python@${cyclonedx_encoded(python.version)}`;
    return [
        {
            type: 'platform',
            'bom-ref': purl,
            name: 'python',
            version: python.version,
            licenses: [{ license: { id: 'PSF-2.0' } }],
            purl,
            properties: properties({ 'pypackager:file': python.file }),
        },
    ];
}
/** @see https://github.com/package-url/purl-spec (types deb) */
function debianPackage(entry, os) {
    const distro = `${os.id || 'debian'}-${os.version || os.codename || 'unknown'}`;
    const architecture = entry.architecture ? `arch=${cyclonedx_encoded(entry.architecture)}&` : '';
    const purl = `pkg:deb/${os.id || 'debian'}/${cyclonedx_encoded(entry.name)}@${cyclonedx_encoded(entry.version)}?${architecture}distro=${cyclonedx_encoded(distro)}`;
    return {
        type: 'library',
        'bom-ref': purl,
        name: entry.name,
        version: entry.version,
        ...licences(licencesOfDebian(entry.licences)),
        purl,
        properties: properties({ 'pypackager:source-package': entry.source || entry.name }),
    };
}
function system({ os }) {
    if (!os.id)
        return [];
    const version = os.version || os.codename;
    return [{ type: 'operating-system', 'bom-ref': `os/${os.id}`, name: os.id, ...(version ? { version } : {}) }];
}
function cyclonedx_dependencies(facts, contents, project, packages) {
    const refs = new Map(packages
        .filter(({ application }) => application)
        .map(({ component }) => [(0,project_names/* normalizeName */.P)(component.name), component['bom-ref']]));
    const graph = requiresGraph(contents.distributions.filter(({ application }) => application).map(({ metadata }) => metadata), facts.name, facts.extras, facts.environment);
    const own = (0,project_names/* normalizeName */.P)(facts.name);
    const edges = new Map([...refs].map(([name, ref]) => [ref, refsOf(graph.get(name) ?? [], refs)]));
    // Requirements files and groups are in no metadata: what nobody else requires is the project's own wish.
    const reached = new Set();
    const walk = (ref) => {
        if (reached.has(ref))
            return;
        reached.add(ref);
        for (const next of edges.get(ref) ?? [])
            walk(next);
    };
    const direct = refsOf(graph.get(own) ?? [], refs);
    direct.forEach(walk);
    const required = new Set([...edges.values()].flat());
    const roots = [...edges.keys()].filter((ref) => !reached.has(ref) && !required.has(ref));
    roots.forEach(walk);
    const lost = [...edges.keys()].filter((ref) => !reached.has(ref)); // a circle that nothing leads to
    const all = [...direct, ...roots, ...lost, ...runtime(contents).map((component) => component['bom-ref'])];
    return [[project, all], ...edges]
        .map(([ref, on]) => ({ ref, dependsOn: [...new Set(on)].sort() }))
        .sort((a, b) => (a.ref < b.ref ? -1 : 1));
}
function refsOf(names, refs) {
    return names.flatMap((name) => refs.get(name) ?? []);
}
/** What is said to be complete, and what cannot be. */
function compositions(facts, project, packages) {
    const refs = (state) => packages.filter(({ bundled }) => bundled === state).map(({ component }) => component['bom-ref']);
    const graph = packages.filter(({ application }) => application).map(({ component }) => component['bom-ref']);
    const known = facts.contents !== undefined && !facts.own;
    return [
        // Of an own Dockerfile nobody knows all; of a parent image, what is beside its packages.
        { aggregate: known ? 'unknown' : 'incomplete', assemblies: [project] },
        { aggregate: known ? 'complete' : 'incomplete', dependencies: [project, ...graph].sort() },
        { aggregate: 'incomplete', assemblies: refs('incomplete').toSorted() },
        { aggregate: 'unknown', assemblies: refs('unknown').toSorted() },
    ].filter((part) => (part.assemblies ?? part.dependencies ?? []).length > 0);
}
function licences(found) {
    if (found.length === 0)
        return {};
    return { licenses: found.map((licence) => ('expression' in licence ? licence : { license: licence })) };
}
function properties(values) {
    return Object.entries(values)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => ({ name, value }));
}
function cyclonedx_unique(components) {
    return [...new Map(components.map((component) => [component['bom-ref'], component])).values()];
}
/** A part of a purl: everything escaped but what its specification leaves as it is. */
function cyclonedx_encoded(text) {
    return encodeURIComponent(text).replaceAll('%3A', ':');
}
/** A UUID made from content (RFC 9562, version 8). */
function serial(content) {
    const hex = sha256(content);
    return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

;// CONCATENATED MODULE: ./lib/run/proof/write-sbom.js











/** A change of what we write is a change of the file. */
/** More than any SBOM takes. */
const write_sbom_MOST_BYTES = 64_000_000;
const RECIPE = '1';
const write_sbom_LIMIT_MS = 60_000;
/** Whether the image has its SBOM already. */
async function isDescribed(world, request) {
    return (await write_sbom_placeOf(world, request)).before;
}
async function write_sbom_placeOf(world, { house, release, version, suffix, own }) {
    const name = (house.app && parseMetadata(house.app.metadata).name) || house.metadata.name;
    const file = inWheelhouse(world, SHELF.sbom, `${(0,project_names/* normalizeName */.P)(name)}-${legalTag(`${version}${suffix}`)}.cdx.json`);
    const parts = {
        image: release.id,
        lock: house.lockSha256,
        own: String(own),
        recipe: RECIPE,
        scripts: await scriptsPrint(world, 'sbom'),
    };
    const print = fingerprint(parts);
    const kept = (await world.records.get('sboms'))?.[external_node_path_.basename(file)];
    const text = await world.files.readKept(file, write_sbom_MOST_BYTES);
    const before = kept !== undefined && text !== undefined && kept.sha256 === sha256(text) && kept.print === print;
    return { file, print, before };
}
/**
 * Writes what the release image holds to `.build/sbom/` of the wheelhouse, as CycloneDX.
 * @param known where the image was asked already
 * @returns the file, absolute, and how it came to be
 */
async function writeSbom(world, request, known) {
    const { file, print, before } = await write_sbom_placeOf(world, request);
    if (before)
        return { file, how: 'the image was described before' };
    const { house, release } = request;
    const told = known ?? (await askImage(world, release.id, request.python));
    const app = house.app && parseMetadata(house.app.metadata);
    const name = app?.name || house.metadata.name;
    const contents = typeof told === 'string' ? undefined : told;
    if (!contents)
        world.log.notice(`The SBOM knows only the wheels: the image could not be asked what it holds (${told}).`);
    const text = renderSbom({
        name,
        version: app?.version ?? request.version,
        app: house.app && { name, file: house.app.file, sha256: house.app.sha256 },
        extras: request.extras,
        wheels: house.wheels,
        lock: (await world.files.read(inWheelhouse(world, SHELF.lock))) ?? '',
        environment: house.target.markers,
        epoch: request.epoch,
        properties: {
            'pypackager:image': release.references[0] ?? '',
            'pypackager:fingerprint': release.labels['io.pypackager.fingerprint'] ?? '',
            'pypackager:parent-image': request.parent,
            'pypackager:parent-digest': release.labels['org.opencontainers.image.base.digest'] ?? '',
        },
        own: request.own,
        contents,
    });
    await world.files.write(file, text);
    await world.records.put('sboms', external_node_path_.basename(file), { print, sha256: sha256(text) });
    await world.records.save();
    const counts = contents ? `${contents.distributions.length} Python and ${contents.debian.length} Debian packages` : 'the wheels alone';
    return { file, how: counts };
}
/**
 * What the image itself tells: files are read in a container without a network; nothing that is installed runs.
 * @returns why not, where it cannot be asked
 */
async function askImage(world, image, python) {
    const report = await world.docker.run({
        image,
        entrypoint: python,
        command: ['-I', '-S', '-B', '-c', await stageScript(world, 'sbom', 'describe.py')],
        network: 'none',
        limit: write_sbom_LIMIT_MS,
    });
    const contents = report.code === 0 ? readContents((0,grammar/* readJson */.Vh)(dist/* unknown */.L5J(), report.stdout)) : undefined;
    return contents ?? (report.timedOut ? 'no answer' : dist/* parse */.qgA((0,grammar/* said */.ag)(200), report.stderr.trim().split('\n').at(-1) ?? ''));
}

;// CONCATENATED MODULE: ./lib/run/make-release.js













/**
 * Release: made from the wheelhouse alone, checked, tested, described, and only then named. The images beside it and the
 * user's tests and commands come before the tags, too.
 */
async function makeRelease(run, base, wheels) {
    const { inputs, plan, world } = run;
    const exercise = new Exercise(run);
    const isGoal = inputs.target === 'release';
    let release;
    let proof;
    try {
        release = await build(run, base, wheels);
        if (isGoal)
            proof = await make_release_check(run, base, release);
        await exercise.makeImages(base.setup, { plan, inputs, releaseFollows: false }, release);
    }
    finally {
        await base.cache.save(); // what was compiled is kept even when a later step fails
    }
    const parts = make_release_partsOf(run, release); // beside what follows
    await exercise.test();
    if (isGoal)
        await exercise.commands(release);
    const sbom = isGoal ? await describe(run, base, { release, contents: proof?.contents }) : undefined;
    await finish(world, [...(release.unfinished ? [release.unfinished] : []), ...exercise.unfinished], () => tag(run, release, exercise));
    return { release, checks: proof?.checks, sbom, exercise, parts };
}
async function build(run, { images, setup }, wheels) {
    const { world, plan, inputs, steps } = run;
    return steps.take('release', async () => {
        const release = await findOrMakeRelease(world, { plan, inputs, images, setup }, wheels);
        const { house, result } = release;
        if (!wheels.app)
            await warnOfWheel(run, house);
        const { command, noCommand, notices = [] } = result;
        const how = result.how === 'unchanged' ? 'nothing changed: the image was here already' : 'built';
        world.log.info(`  ${plan.names.release}: ${how}`);
        if (command)
            world.log.info(`  starts by ${command.from}: ${command.argv.join(' ')}`);
        else
            world.log.notice(`The image has no start command: ${noCommand}`);
        for (const notice of notices)
            world.log.notice(notice);
        if (result.how === 'built')
            noteNodeBuild(world, house, inputs, release_image_settingsOf(plan, inputs.imageEnv));
        return [how, release];
    });
}
/** What an image must not hold and must be able to do, checked on the image itself, which is asked for its SBOM meanwhile. */
async function make_release_check(run, base, release) {
    const { world, plan, inputs, platform, places, steps } = run;
    const mode = inputs.checks;
    if (mode === 'off')
        return undefined;
    return steps.take('checks', async () => {
        const describe = inputs.sbom && !(await isDescribed(world, sbomRequest(run, base, release)));
        const { house, result, build: made } = release;
        const material = { plan, inputs, platform, house, release: result, build: made, describe };
        const { checks: list, contents } = await prove(world, {
            ...material,
            parentLayers: base.images.origin.layers,
            login: places?.[0].access.login,
        });
        return [checks_checksTally(list, mode), { checks: { mode, list }, contents }];
    });
}
/** SBOM: what the image holds, asked of the image itself. */
async function describe(run, base, { release, contents }) {
    const { world, inputs, steps } = run;
    if (!inputs.sbom)
        return undefined;
    return steps.take('sbom', async () => {
        const { file, how } = await writeSbom(world, sbomRequest(run, base, release), contents);
        const shown = external_node_path_.relative(world.context.workspace, file);
        world.log.info(`  ${shown}: ${how}`);
        return [how, shown];
    });
}
function sbomRequest({ plan, inputs }, { images }, { house, result }) {
    return {
        release: result,
        house,
        version: images.version(),
        suffix: plan.suffix,
        extras: inputs.extras,
        epoch: plan.epoch,
        parent: plan.parent,
        python: make_release_pythonOf(inputs, house),
        own: isForeign(inputs),
    };
}
/** The layers of our own Dockerfile, by what they are for; who does not tell them is not asked again. */
async function make_release_partsOf({ inputs, world }, { house, result }) {
    if (!world.context.inActions || inputs.dockerfile)
        return undefined;
    const layers = await world.docker.layers(result.id).catch(() => undefined);
    return layers && imageParts(layers, Object.keys(house.debian).length > 0);
}
function make_release_pythonOf({ dockerfile }, { target }) {
    return dockerfile ? 'python3' : target.executable;
}
/** Gives the image that was asked for the tags that people pull, and the images beside it their own. */
async function tag({ inputs, world }, { result }, exercise) {
    const { references, id } = result;
    const wanted = isBeside(inputs.target) ? [] : references.map((reference) => [id, reference]);
    for (const [image, reference] of [...wanted, ...exercise.tagged()]) {
        await world.docker.tag(image, reference);
        world.log.info(`  ${reference}`);
    }
}

;// CONCATENATED MODULE: ./lib/judge/sbom/provenance.js


/** What builds: this action, whoever runs it. Nothing is signed here, so this is a word and no proof. */
const BUILDER = 'https://github.com/org/pypackager-action';
const STATEMENT_TYPE = 'application/vnd.in-toto+json';
const PREDICATE_TYPE = 'https://slsa.dev/provenance/v1';
/**
 * How an image came to be, as an in-toto statement.
 * @see https://slsa.dev/spec/v1.0/provenance
 * @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 */
function provenance(facts, context) {
    const { serverUrl, repository, ref, sha } = context;
    const source = repository ? `${serverUrl}/${repository}` : '';
    return {
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: repositoryName(facts.repository), digest: { sha256: facts.digest.replace('sha256:', '') } }],
        predicateType: PREDICATE_TYPE,
        predicate: {
            buildDefinition: {
                buildType: `${BUILDER}/blob/main/docs/tags.md#attestations`,
                externalParameters: { repository: source, ref, path: facts.path, extras: facts.extras },
                resolvedDependencies: [
                    ...(source ? [{ uri: `git+${source}@${ref || facts.revision}`, digest: { gitCommit: facts.revision || sha } }] : []),
                    ...(facts.parent.name ? [parentOf(facts.parent)] : []),
                    { uri: 'pylock.toml', digest: { sha256: facts.lockSha256 } },
                    ...facts.wheels.map(({ name, version, file, sha256 }) => ({
                        uri: `pkg:pypi/${(0,project_names/* normalizeName */.P)(name)}@${version}?file_name=${encodeURIComponent(file)}`,
                        digest: { sha256 },
                    })),
                ],
            },
            runDetails: {
                builder: { id: BUILDER },
                ...(context.runUrl ? { metadata: { invocationId: context.runUrl } } : {}),
            },
        },
    };
}
function parentOf({ name, digest }) {
    const uri = `docker://${name.replace(/@sha256:.*$/, '')}`;
    return digest ? { uri, digest: { sha256: digest.replace('sha256:', '') } } : { uri };
}

;// CONCATENATED MODULE: ./lib/plan/wheels/package-changes.js

/** The packages of a lock, with the size of the wheel that an image takes. */
function package_changes_packagesOf(lock, supported) {
    return lock.map(({ name, version, wheels }) => ({ name, version, size: bestWheel(wheels, supported)?.size }));
}
/** Compares two sets of packages, by their names. */
function packageChanges(before, now) {
    const [old, present] = [before, now].map((all) => new Map(all.map((one) => [one.name, one])));
    return {
        added: now.filter(({ name }) => !old?.has(name)),
        removed: before.filter(({ name }) => !present?.has(name)),
        changed: now.flatMap((to) => {
            const from = old?.get(to.name);
            return from && from.version !== to.version ? [{ from, to }] : [];
        }),
    };
}

;// CONCATENATED MODULE: ./lib/run/result.js







/** What the outputs and the summary tell of a wheelhouse. */
function wheelsResult({ context, paths }, house, cache) {
    const folder = external_node_path_.relative(context.workspace, paths.wheelhouse);
    const lock = external_node_path_.join(folder, SHELF.lock);
    return {
        folder,
        lock,
        wheels: house.app ? [...house.wheels, projectWheel(house.app)] : house.wheels,
        cacheHit: cache.hit,
        cacheKey: cache.key,
        python: house.target.python,
        assets: house.app ? [external_node_path_.join(folder, house.app.file), lock] : [lock],
    };
}
/** The project's wheel, as the output lists it. */
function projectWheel({ file, sha256, size, seconds, metadata }) {
    const { name, version } = parseMetadata(metadata);
    return { name, version, file, sha256, size, origin: 'project', seconds: Math.round(seconds * 100) / 100 };
}
/** The outcome of a run, from what each step gave. */
async function outcomeOf({ inputs, world, steps }, { base, wheels, release, published }) {
    const { images, cache, newer } = base;
    return {
        version: images.version(),
        parent: parentResult(images.origin, world.now(), newer()),
        ...images.results(),
        wheels: wheels && wheelsResult(world, wheels, cache.result),
        release: isBeside(inputs.target) ? undefined : release?.release.result,
        ...release?.exercise.results(),
        checks: release?.checks,
        sbom: release?.sbom,
        published,
        changes: wheels && changesOf(wheels),
        parts: await release?.parts,
        steps: steps.times(images.builderTime),
        warnings: steps.warnings,
        seconds: steps.seconds,
    };
}
/** What the packages of this image have that those before had not. */
function changesOf({ locked, lockedBefore, target }) {
    if (!lockedBefore)
        return undefined;
    const supported = supportedTags(target);
    return packageChanges(package_changes_packagesOf(lockedBefore, supported), package_changes_packagesOf(locked, supported));
}

;// CONCATENATED MODULE: ./lib/run/publish/push-image.js



const TRIES = 3;
/** Seconds before the second and the third try, where the registry names none. */
const PAUSES = [5, 15];
/** Who is asked to wait longer is better told so. */
const LONGEST_WAIT = 120;
/**
 * Logs in where credentials are given and asks whether an upload would be accepted: a refusal is told
 * before anything is built, within seconds, instead of after docker's five tries.
 * @param by who pushes
 * @throws UserError where the registry refuses
 */
async function openRegistry(world, repository, given, by = 'docker') {
    if (given && by === 'docker')
        await world.docker.login(repository.registry, given.username, given.password);
    const login = given ?? (await world.registry.existingLogin(repository.registry));
    const { answer } = await world.registry.mayPush(repository.registry, repository.path, login);
    if (answer === 'denied') {
        // What we were not told, docker may be told.
        if (login || by === 'us' || !(await world.registry.asksHelper(repository.registry)))
            throw notAllowed(repository, login);
        world.log.notice(`${repository.registry || 'Docker Hub'} wants a login, and docker's credential helper told us none: whether docker gets one is seen at the push.`);
    }
    if (answer === 'absent')
        throw noRepository(repository);
    return { login };
}
/**
 * Pushes every tag, and reads back what the registry holds. A tag that a higher release has claimed since the plan was made
 * is left to it; where that happened while we pushed, it is given back.
 * @throws UserError where the registry refuses, or fails
 */
async function publish(world, repository, what, access) {
    let digest = '';
    const pushed = [];
    for (const tag of what.tags) {
        const name = reference(repository, tag);
        const claim = await what.claim?.(tag, 'everywhere');
        if (claim) {
            world.log.notice(`${name} is left to ${claim.release}, which was released meanwhile.`);
            continue;
        }
        await world.docker.tag(what.image, name);
        digest = await pushOrFind(world, repository, { ...what, tag }, access);
        await readBack(world, repository, { tag, digest }, access);
        world.log.info(`  pushed ${name}`);
        if (await gaveBack(world, repository, what, tag, access))
            continue;
        pushed.push(name);
    }
    return { repository: repositoryName(repository), digest, references: pushed };
}
/** Between the last look and the push another run may have moved the tag on: then it is put back where it belongs. */
async function gaveBack(world, { registry, path }, { claim: ask }, tag, { login }) {
    const claim = await ask?.(tag, 'registry');
    if (!claim)
        return false;
    const done = claim.tag !== undefined && (await world.registry.retag(registry, path, claim.tag, tag, login));
    if (done)
        world.log.notice(`${tag} is given back to ${claim.release}, which was released while it was pushed.`);
    else
        world.log.warning(`${tag} was pushed while ${claim.release} was released, and could not be given back: push ${tag} of ${claim.release} again.`);
    return done;
}
/** @throws UserError where the registry does not have what was pushed */
async function readBack(world, repository, { tag, digest }, { login }) {
    const { registry, path } = repository;
    const name = reference(repository, tag);
    const held = await world.registry.digest(registry, path, tag, login);
    if (held === digest)
        return;
    if (held === undefined) {
        world.log.notice(`${name} was pushed; the registry did not tell its digest, so ${digest} is docker's word.`);
        return;
    }
    // Two runs may push one tag at once: each has its image there, and the last one the tag.
    if ((await world.registry.digest(registry, path, digest, login)) === digest) {
        world.log.notice(`${name} was pushed as ${digest}, and somebody else has pushed ${held} under it since.`);
        return;
    }
    throw new errors/* UserError */.yo('push', `the registry holds ${held} under ${name}, and not ${digest}, which was pushed`, 'Push again.');
}
/** A push that fails has succeeded where the tag is this image already: a re-run, or a tag that cannot be changed. */
async function pushOrFind(world, repository, { image, tag }, access) {
    try {
        return await push(world, repository, reference(repository, tag), access);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        const held = await world.registry.held(repository.registry, repository.path, tag, access.login);
        const here = held && (await world.docker.inspect(image));
        if (!held || !here)
            throw error;
        const digests = here.digests.map((name) => name.slice(name.indexOf('@') + 1));
        if (![held.digest, held.config].includes(here.id) && !digests.includes(held.digest))
            throw error;
        world.log.notice(`${reference(repository, tag)} was not taken again, and is this image already.`);
        return held.digest;
    }
}
/** Docker tries failing uploads again by itself, but not where requests are counted, nor a manifest. */
async function push(world, repository, name, { login }) {
    const ask = () => world.registry.mayPush(repository.registry, repository.path, login);
    for (let tried = 1;; tried++) {
        try {
            return await world.docker.push(name, async () => (await ask()).answer === 'denied');
        }
        catch (error) {
            if (!(error instanceof docker_port/* PushError */.Vc))
                throw error;
            if (error.why === 'denied')
                throw notAllowed(repository, login);
            const again = tried < TRIES && (error.why === 'limited' || error.why === 'passing');
            // Newer engines give the registry's own words for a refusal, which may be any.
            const { answer, wait: asked } = await ask();
            if (answer === 'denied')
                throw notAllowed(repository, login);
            const wait = asked ?? PAUSES[tried - 1] ?? 0;
            if (!again || wait > LONGEST_WAIT)
                throw notAccepted(name, error, again ? wait : undefined);
            world.log.info(`  ${name} was not accepted (${error.message}); tried again in ${wait} s`);
            await world.pause(wait);
        }
    }
}
function noRepository({ registry, path }) {
    return new errors/* UserError */.yo('push', `there is no repository ${path} at ${registry || 'Docker Hub'}, and a push does not make it`, 'Create it first (aws ecr create-repository), or check namespace and image-name.');
}
function notAllowed({ registry, path }, login) {
    const who = login ? (login.username ? ` as ${login.username}` : ' with the login that docker has') : ' without a login';
    return new errors/* UserError */.yo('push', `not allowed to push to ${registry || 'Docker Hub'}/${path}${who}`, login
        ? 'Give the account the right to write there; on pull requests from forks secrets are absent.'
        : 'Set username and password, or log in before this step (docker/login-action).');
}
/** @param wait seconds that the registry asks for, where they are too many */
function notAccepted(reference, { why, message }, wait) {
    const here = 'The image is still on this machine;';
    if (why !== 'limited')
        return new errors/* UserError */.yo('push', `${reference} was not accepted: ${message}`, `${here} check the registry and push again.`, {
            kind: why === 'passing' || why === 'spent' ? 'passing' : 'failed',
        });
    return new errors/* UserError */.yo('push', `the registry limits pushes (429): ${reference} was not accepted${wait === undefined ? ` in ${TRIES} tries` : ''}`, `${here} push again ${wait === undefined ? 'later' : `in ${wait} s, as the registry asks`}.`, { kind: 'passing' });
}

;// CONCATENATED MODULE: ./lib/run/publish/push-registries.js






const push_registries_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
/** Blobs on their way to one registry at once. */
const push_registries_AT_ONCE = 3;
/** Each repository with a login that may push there. @throws UserError where one refuses */
async function openRegistries(world, inputs, repositories) {
    const by = repositories.length > 1 ? 'us' : 'docker';
    const place = async (repository, index) => {
        const access = await openRegistry(world, repository, loginOf(inputs, world.context.actor, index), by);
        return { repository, access };
    };
    const [first, ...others] = repositories;
    return [await place(first, 0), ...(await Promise.all(others.map((one, i) => place(one, i + 1))))];
}
/** Docker pushes to one registry, to several we do. @param what with the tags that move */
function publishTo(world, places, what) {
    const [{ repository, access }, ...others] = places;
    return others.length > 0 ? publishEverywhere(world, places, what) : publish(world, repository, what, access);
}
/**
 * Pushes an image to several registries, all or nothing: what it is made of goes everywhere first, then its manifest by its
 * digest, then tags that stay, and tags that move last and at once. So wherever this ends, no tag that moved names an image
 * that another registry lacks, and a run again brings the rest.
 * @throws UserError where a registry refuses, or fails again and again
 */
async function publishEverywhere(world, places, what) {
    const image = await world.docker.layOut(what.image, external_node_path_.join(world.paths.temp, 'push'));
    const everywhere = (work) => Promise.all(places.map(work));
    await everywhere((place) => uploadAll(world, place, image));
    await everywhere((place) => put(world, place, image, image.digest));
    const references = [];
    for (const tag of what.tags) {
        const claim = await what.claim?.(tag, 'everywhere');
        if (claim) {
            world.log.notice(`${tag} is left to ${claim.release}, which was released meanwhile.`);
            continue;
        }
        await everywhere((place) => (what.moving.includes(tag) ? put(world, place, image, tag) : putOrFind(world, place, image, tag)));
        for (const { repository, access } of places) {
            await readBack(world, repository, { tag, digest: image.digest }, access);
            world.log.info(`  pushed ${reference(repository, tag)}`);
            if (!(await gaveBack(world, repository, what, tag, access)))
                references.push(reference(repository, tag));
        }
    }
    return { repository: repositoryName(places[0].repository), digest: image.digest, references };
}
async function uploadAll(world, place, image) {
    const { registry, path } = place.repository;
    const waiting = [...image.blobs];
    const worker = async () => {
        for (let blob = waiting.shift(); blob; blob = waiting.shift()) {
            const next = blob;
            await tryAgain(world, place, repositoryName(place.repository), () => world.registry.upload(registry, path, next, place.access.login));
        }
    };
    await Promise.all(Array.from({ length: push_registries_AT_ONCE }, worker));
}
function put(world, place, { manifest }, as) {
    const { repository, access } = place;
    const content = { type: push_registries_MANIFEST, body: manifest };
    const name = as.startsWith('sha256:') ? `${repositoryName(repository)}@${as}` : reference(repository, as);
    return tryAgain(world, place, name, () => world.registry.putManifest(repository.registry, repository.path, as, content, access.login));
}
/** A tag that cannot be changed is well where it is this image already. */
async function putOrFind(world, place, image, tag) {
    const { repository, access } = place;
    try {
        await put(world, place, image, tag);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        if ((await world.registry.digest(repository.registry, repository.path, tag, access.login)) !== image.digest)
            throw error;
        world.log.notice(`${reference(repository, tag)} was not taken again, and is this image already.`);
    }
}
/** Once more where a registry is out of order or counts requests. */
async function tryAgain(world, { repository, access }, name, work) {
    for (let tried = 1;; tried++) {
        try {
            return await work();
        }
        catch (error) {
            if (!(error instanceof docker_port/* PushError */.Vc))
                throw error;
            if (error.why === 'denied')
                throw notAllowed(repository, access.login);
            if (tried === TRIES || error.why === 'other' || error.why === 'spent')
                throw notAccepted(name, error, undefined);
            const wait = PAUSES[tried - 1] ?? 0;
            world.log.info(`  ${name} was not accepted (${error.message}); tried again in ${wait} s`);
            await world.pause(wait);
        }
    }
}

;// CONCATENATED MODULE: ./lib/run/publish/attest.js










const OCI = 'application/vnd.oci.image';
const EMPTY = '{}';
const INDEX = dist/* object */.Ikc({ manifests: dist/* array */.YOg(dist/* looseObject */._H3({ digest: dist/* string */.YjP() })) });
/** Pushes provenance, and the SBOM where there is one, beside an image in each of its registries. @throws UserError as `attach` */
async function attest(world, places, digest, { plan, inputs, house, origin, sbom }) {
    const wheels = house.app ? [...house.wheels, projectWheel(house.app)] : house.wheels;
    const { revision, project } = plan;
    const facts = {
        digest,
        revision,
        path: project.folder,
        extras: (0,lib_inputs/* chosenNames */.Fg)(inputs),
        parent: origin,
        wheels,
        lockSha256: house.lockSha256,
    };
    const file = external_node_path_.join(world.paths.temp, 'provenance.json');
    const proven = {
        file,
        type: STATEMENT_TYPE,
        annotations: { 'in-toto.io/predicate-type': PREDICATE_TYPE, 'org.opencontainers.image.title': external_node_path_.basename(file) },
    };
    const described = sbom !== undefined && {
        file: external_node_path_.join(world.context.workspace, sbom),
        type: 'application/vnd.cyclonedx+json',
        annotations: { 'org.opencontainers.image.title': external_node_path_.basename(sbom) },
    };
    for (const place of places) {
        await world.files.write(file, JSON.stringify(provenance({ ...facts, repository: place.repository }, world.context)));
        await attach(world, place, digest, [proven, ...(described ? [described] : [])]);
    }
}
/**
 * Pushes statements on an image as its referrers. A registry that keeps no list of those has it under a tag of the digest.
 * @param digest of the image's manifest in that place
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject
 * @throws UserError where the registry does not take it
 */
async function attach(world, place, digest, attestations) {
    const { repository, access } = place;
    const subject = await world.registry.manifest(repository.registry, repository.path, digest, access.login);
    if (!subject)
        throw new errors/* UserError */.yo('push', `${repositoryName(repository)}@${digest} cannot be read back, so nothing can be attached to it`, 'Push again.');
    const empty = external_node_path_.join(world.paths.temp, 'empty.json');
    await world.files.write(empty, EMPTY);
    const config = await blobOf(world, empty, 'application/vnd.oci.empty.v1+json');
    for (const { file, type, annotations } of attestations) {
        const content = await blobOf(world, file, type);
        for (const blob of [config, content])
            await upload(world, place, blob);
        const body = JSON.stringify({
            schemaVersion: 2,
            mediaType: `${OCI}.manifest.v1+json`,
            artifactType: type,
            config: descriptor(config),
            layers: [{ ...descriptor(content), annotations }],
            subject: { mediaType: subject.type, digest, size: Buffer.byteLength(subject.body) },
            annotations,
        });
        const known = await attest_put(world, place, `sha256:${sha256(body)}`, { type: `${OCI}.manifest.v1+json`, body });
        if (!known)
            await addToIndex(world, place, digest, { body, type, annotations });
        world.log.info(`  attached ${type} to ${repositoryName(repository)}@${digest.slice(0, 19)}`);
    }
}
/** @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema */
async function addToIndex(world, place, digest, { body, type, annotations }) {
    const { registry, path } = place.repository;
    const tag = digest.replace(':', '-');
    const before = await world.registry.manifest(registry, path, tag, place.access.login);
    const entry = {
        mediaType: `${OCI}.manifest.v1+json`,
        digest: `sha256:${sha256(body)}`,
        size: Buffer.byteLength(body),
        artifactType: type,
        annotations,
    };
    const others = (before && (0,grammar/* readJson */.Vh)(INDEX, before.body))?.manifests.filter((one) => one.digest !== entry.digest) ?? [];
    const index = { schemaVersion: 2, mediaType: `${OCI}.index.v1+json`, manifests: [...others, entry] };
    await attest_put(world, place, tag, { type: `${OCI}.index.v1+json`, body: JSON.stringify(index) });
}
function upload(world, place, blob) {
    const { repository, access } = place;
    return tryAgain(world, place, repositoryName(repository), () => world.registry.upload(repository.registry, repository.path, blob, access.login));
}
function attest_put(world, place, as, manifest) {
    const { repository, access } = place;
    return tryAgain(world, place, `${repositoryName(repository)}@${as}`, () => world.registry.putManifest(repository.registry, repository.path, as, manifest, access.login));
}
async function blobOf({ files }, file, type) {
    return { file, type, digest: `sha256:${await files.sha256(file)}`, size: await files.size(file) };
}
function descriptor({ type, digest, size }) {
    return { mediaType: type, digest, size };
}

;// CONCATENATED MODULE: ./lib/run/publish-run.js




/** Push: every tag of what was asked for, the digest read back. @returns undefined where nothing is pushed */
async function publishRun(run, base, proved) {
    const { places, inputs, steps } = run;
    if (!places)
        return undefined;
    return steps.take('push', async () => {
        const published = imageAlone(inputs.target)
            ? await publishImage(run, base, places)
            : await publishRelease(run, base, { places, proved });
        return [published?.digest ?? 'nothing to push', published];
    });
}
/** Base or builder alone. */
async function publishImage({ world, inputs }, { images }, places) {
    const kind = imageAlone(inputs.target);
    if (!kind)
        return undefined;
    const { image, reference } = images.published(kind);
    const tag = reference.slice(reference.lastIndexOf(':') + 1);
    return publishTo(world, places, { image, tags: [tag], moving: [] });
}
async function publishRelease({ world, plan, inputs }, { images }, { places, proved }) {
    if (!proved)
        return undefined;
    const { release, sbom } = proved;
    const { moving } = plan.tags;
    // What stays comes first: who sees a tag that moved finds its release.
    const tags = plan.tags.tags.toSorted((a, b) => Number(moving.includes(a)) - Number(moving.includes(b)));
    const claim = claimsOf(world, inputs, plan, places[0].access.login);
    const published = await publishTo(world, places, { image: release.result.id, tags, moving, claim });
    const { digest } = published;
    if (inputs.attest && digest) {
        await attest(world, places, digest, { plan, inputs, house: release.house, origin: images.origin, sbom });
    }
    return published;
}

;// CONCATENATED MODULE: ./lib/run/steps.js
/** The steps of a run: each is a group of the log, and a row of the summary. */
class Steps {
    /** The run's log, whose warnings are kept for the summary. */
    log;
    warnings = [];
    started = performance.now();
    taken = [];
    constructor(log) {
        this.log = {
            ...log,
            warning: (text) => {
                this.warnings.push(text);
                log.warning(text);
            },
        };
    }
    /** @param work gives what the step came to in words, and its result */
    async take(step, work, title = step) {
        const start = performance.now();
        const [how, result] = await this.log.group(title, work);
        this.taken.push({ step, how, seconds: (performance.now() - start) / 1000 });
        return result;
    }
    /** @param builder that of the builder, which is made while other steps are at work */
    times(builder) {
        return builder ? this.taken.toSpliced(1, 0, builder) : this.taken;
    }
    /** Seconds since the run began. */
    get seconds() {
        return (performance.now() - this.started) / 1000;
    }
}

;// CONCATENATED MODULE: ./lib/run/run.js






/** Makes the wheelhouse's folder, finds Docker, and where this run pushes, whether it may. */
async function openRun(inputs, outside, plan, steps = new Steps(outside.log)) {
    const world = { ...outside, downloads: outside.downloads.withLogins(loginsOf(plan.settings)) };
    if (inputs.noCache)
        await emptyWheelhouse(world);
    await openWheelhouse(world);
    const engine = await world.docker.connect();
    world.log.info(`  Docker Engine ${engine.server}, client ${engine.client}${engine.buildx ? ' with Buildx' : ''}`);
    const stays = isBeside(inputs.target);
    if (plan.push.push && stays)
        world.log.notice('Test and dev images stay on this machine: nothing is pushed.');
    const places = plan.push.push && !stays ? await openRegistries(world, inputs, pushesTo(inputs, plan)) : undefined;
    return { inputs, plan, world, platform: engine.platform, places, steps };
}
function pushesTo(inputs, plan) {
    const kind = imageAlone(inputs.target);
    const place = (repository) => (kind ? planFamily(repository, inputs)[kind] : repository);
    return [place(plan.repository), ...plan.mirrors.map(place)];
}

;// CONCATENATED MODULE: ./lib/plan/tags/tag-list.js

/** The tags of a plan, a line each: which would be pushed, which of them move, and which are left to a higher release. */
function tagLines(plan) {
    const { tags, push } = plan;
    const name = (tag) => reference(plan.repository, tag);
    const places = [plan.repository, ...plan.mirrors];
    const given = places.flatMap((place) => tags.tags.map((tag) => `#   ${reference(place, tag)} ${howOf(tags, tag)}`));
    const left = tags.lines.filter(({ tag, claimedBy }) => claimedBy && !tags.tags.includes(tag));
    const kept = left.map(({ tag, claimedBy }) => `#   ${name(tag)} stays with ${claimedBy}`);
    const title = given.length === 0 ? '# No tag is for this event.' : `# Tags that would be ${push.push ? 'pushed' : 'set, and not pushed'}:`;
    return [title, ...given, ...kept];
}
/** Whether a tag moves, in words. */
function howOf({ moving }, tag) {
    return moving.includes(tag) ? '(moves)' : '(stays)';
}

;// CONCATENATED MODULE: ./lib/run/show-plan.js





/** Prints what a run would build and push, and whether its image would be another one than the registry has. */
async function showPlan(world, inputs, plan) {
    const started = performance.now();
    const lines = [...renderProject(plan, plan.buildPackages).split('\n'), ...placesTaken(inputs), ...tagLines(plan)];
    for (const line of lines)
        world.log.info(line);
    world.log.info('# The stages of the wheels and of the release follow from the lock, which is not made yet.');
    const changed = await wouldChange(world, inputs, plan);
    if (changed !== undefined)
        world.log.info(`# The registry ${changed ? 'lacks an' : 'has the'} image of these files and settings.`);
    return { version: familyVersion(inputs, plan), changed, steps: [], seconds: (performance.now() - started) / 1000 };
}

;// CONCATENATED MODULE: ./lib/main.js











/**
 * The story: a plan, then base → builder → wheels → release → its proof, each step on what the one before made.
 * `target` says how far to go; a release is pushed only when everything before it stands.
 * @throws UserError for everything that a user can fix, with the steps that were done
 */
async function main(inputs, outside, runner) {
    const steps = new Steps(outside.log);
    try {
        return await packageProject(inputs, { ...outside, log: steps.log }, { runner, steps });
    }
    catch (error) {
        throw withProgress(error, { steps: steps.times(undefined), seconds: steps.seconds, warnings: steps.warnings });
    }
}
async function packageProject(inputs, world, { runner, steps }) {
    const { target } = inputs;
    const plan = await makePlan(inputs, world, runner); // whatever is illegal stops here, before any build
    if (target === 'plan')
        return showPlan(world, inputs, plan);
    const run = await openRun(inputs, world, plan, steps);
    const base = await makeBase(run);
    if (target === 'builder')
        await base.images.builderAlone();
    const wheels = imageAlone(target) ? undefined : await makeWheels(run, base);
    const release = wheels && makesRelease(target) ? await makeRelease(run, base, wheels) : undefined;
    const published = await publishRun(run, base, release);
    return outcomeOf(run, { base, wheels: release?.release.house ?? wheels, release, published });
}

;// CONCATENATED MODULE: ./lib/cli/silent.js
/** A log for what goes before the work of a verb: what is told while a plan is made belongs to those that make a release. */
function silent(log) {
    const tell = (text) => log.debug(text);
    return { ...log, info: tell, notice: tell, warning: tell, foreign: (lines) => lines.forEach(tell), group: (_title, work) => work() };
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
;// CONCATENATED MODULE: ./lib/effects/docker/attached.js




/** Milliseconds that a command gets to end by itself after a signal, and to be stopped in. */
const GRACE_MS = 1500;
const STOP_SECONDS = 5;
/**
 * Runs a command in a container as if it were here: what is typed goes to it, what it says comes as it is. On a signal
 * it is stopped and its container removed.
 * @param runId the value of the label that tells whose container it is
 * @returns the exit code of the command; 128 + the signal's number where one of ours ended it, 125 where docker could not
 * start it, 127 where there is no docker
 * @see https://docs.docker.com/reference/cli/docker/container/run/#exit-status
 */
function runAttached(request, runId) {
    const { name, args, env } = (0,docker_containers/* runArguments */.OL)(request, runId);
    const [verb = 'run', ...rest] = args;
    const ours = ['--interactive', ...(request.terminal ? ['--tty'] : []), ...(request.workingDir ? [`--workdir=${request.workingDir}`] : [])];
    return new Promise((resolve) => {
        // In our process group: only there may it read from the terminal, and Ctrl-C reaches it by itself.
        const child = (0,external_node_child_process_.spawn)('docker', [verb, ...ours, ...rest], {
            stdio: 'inherit',
            env: (0,process_child/* marked */.xI)((0,process_child/* childEnvironment */.Qc)(process.env, { DOCKER_CLI_HINTS: 'false', ...env })),
        });
        let signalled;
        const remove = (...how) => (0,process_child/* run */.eF)('docker', [...how, name], { limit: 15_000, afterwards: true });
        const onSignal = (signal) => {
            if (signalled)
                return void remove('rm', '--force', '--volumes'); // asked twice: at once
            signalled = signal;
            setTimeout(() => void remove('stop', `--time=${STOP_SECONDS}`), GRACE_MS).unref();
        };
        const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
        for (const signal of signals)
            process.on(signal, onSignal);
        const end = async (code) => {
            for (const signal of signals)
                process.off(signal, onSignal);
            // The client is gone; where it was killed, or nobody reads on, its container would go on.
            if (signalled || code !== 0)
                await remove('rm', '--force', '--volumes');
            resolve(signalled ? 128 + external_node_os_.constants.signals[signalled] : code);
        };
        child.on('error', () => void end(127));
        child.on('close', (code, signal) => void end(code ?? 128 + (signal ? external_node_os_.constants.signals[signal] : 0)));
    });
}

;// CONCATENATED MODULE: ./lib/plan/start/how-to-run.js
/** The port of PORT where nobody sets it. */
const USUAL = 8000;
/**
 * How an image is tried: by the port that it was seen to listen on, else by what its command says.
 * @param checks of the image; none where it was not looked at
 */
function how_to_run_howToRun({ argv, tool, late }, checks = []) {
    const seen = checks.find(({ name }) => name === 'start')?.port;
    if (seen !== undefined)
        return { kind: 'serves', port: seen };
    const [program = ''] = argv;
    if (tool)
        return { kind: 'tool', program };
    const line = argv.join(' ');
    if (late.length > 0 || /\$\{?PORT\b/.test(line)) {
        const written = /(?:--port[ =]|--bind[ =]\S*:|(?:^|\s)-b\s*\S*:|--http[ =]\S*:)(\d{2,5})\b/.exec(line)?.[1];
        return { kind: 'serves', port: written ? Number(written) : USUAL };
    }
    return { kind: 'starts' };
}
/**
 * A start command with further arguments: those of its program, as Docker gives them to an entrypoint.
 * @returns undefined where the command is none, or a list of commands of which none is the program
 */
function startWith(command, words) {
    const [shell, flag, line = ''] = command;
    if (shell === undefined)
        return undefined;
    if (shell !== 'sh' || flag !== '-c' || command.length !== 3)
        return [...command, ...words];
    return /[;|\n]|&\s*$/.test(line.replaceAll('&&', '')) ? undefined : ['sh', '-c', `${line} "$@"`, 'sh', ...words];
}

;// CONCATENATED MODULE: ./lib/run/images/expected-start.js








/**
 * What a release would find: by the same rules from the source, with the packages of the lock, else those that are named.
 * @param paths of the project's files
 * @throws UserError for a command that is none
 */
async function expectedStart(world, plan, inputs, paths) {
    const { project } = plan;
    const { told: last, lock } = await world.records.all();
    const told = last?.definition === sha256(project.definition) ? last : undefined;
    const locked = await lockedNames(world, plan, inputs, told !== undefined && lock !== undefined);
    const made = {
        wheels: locked.names.map((name) => ({ name })),
        contents: told?.contents ?? { scripts: project.sourceOnly === undefined ? project.declared.scripts : {}, roots: project.roots },
        source: { snapshot: paths.map((path) => ({ path, print: '' })) },
    };
    const start = await chooseStart(world, project, made, { command: inputs.command, settings: release_image_settingsOf(plan, inputs.imageEnv) });
    return { start, sure: inputs.command !== '' || project.start !== undefined || (told !== undefined && locked.made) };
}
/** Names of the packages: of the wheelhouse's lock where that is of these files, of the user's, else what is required and what that brings. */
async function lockedNames(world, { project }, inputs, isKept) {
    const text = isKept && (await world.files.readKept(inWheelhouse(world, SHELF.lock), text_size/* LOCK_SIZE */.oA));
    if (text)
        return { names: namesInLock(SHELF.lock, text), made: true };
    const lock = inputs.requirements.length > 0 ? project.requirementsLock : (project.lock ?? project.requirementsLock);
    const added = likelyPackages(inputs.packages);
    if (lock)
        return { names: [...Object.entries(lock.texts).flatMap(([file, content]) => namesInLock(file, content)), ...added], made: false };
    const { metadata, declared, requirements, groups } = project;
    const lines = [
        ...requirementsFor(metadata, wantedExtras(metadata, inputs.extras)),
        ...inputs.groups.flatMap((group) => groups[group] ?? []),
        ...declared.requires,
        ...(requirements?.lines ?? []),
        ...inputs.packages,
    ];
    return { names: likelyPackages(lines), made: false };
}

;// CONCATENATED MODULE: ./lib/cli/verbs/run-verbs.js













/** `run` and `manage`: a command in the release image. @returns its exit code */
async function runInRelease(job) {
    const { verb, call, inputs, runner } = job;
    if (verb.name === 'manage' && call.command.length === 0)
        throw (0,usage/* usageError */.Wp)('manage needs a command', 'Such as: pypackager manage check');
    const world = { ...job.world, log: silent(job.log) };
    const sweeping = job.sweep();
    const plan = await makePlan(inputs, world, runner);
    const image = reference(plan.repository, plan.tags.primary);
    const [info] = await Promise.all([mustBeHere(world, image), sweeping]);
    const command = verb.name === 'manage'
        ? await managementCommand(world, plan.project.name, isLine(call.command) ? (0,shell_words/* splitWords */.y)('manage', call.command[0] ?? '') : call.command)
        : await run_verbs_commandOf(job, plan, image, info);
    const container = await makeContainer(world, image, inputs);
    await awaitServices(world, image, inputs);
    return run_verbs_attach(job, { ...container, command });
}
/** Words that begin with a flag are arguments of what the image starts, as `docker run` gives them to an entrypoint. */
async function run_verbs_commandOf({ call, inputs, world, runner }, plan, image, { config }) {
    const [first] = call.command;
    const starts = config.command.length > 0;
    if (first === undefined && !starts) {
        const paths = await runner.sourcePaths(world.paths.project);
        const { start } = inputs.dockerfile ? {} : await expectedStart(world, plan, inputs, paths);
        throw (0,usage/* usageError */.Wp)(`the image ${image} has no start command${start?.why ? `: ${start.why}` : ''}`, `${start?.next ? `${start.next} Then release again` : 'Set command and release again'}; or name a command, such as: pypackager run bash`);
    }
    if (!first?.startsWith('-') || (config.entrypoint.length > 0 && !config.entrypoint.includes(ENTRYPOINT)))
        return asTyped(call.command);
    const command = startWith(config.command, call.command);
    if (command)
        return command;
    throw (0,usage/* usageError */.Wp)(`"${first}" is an argument, and the image ${image} has ${starts ? 'several commands as its start' : 'no start command'}`, 'Name the program too, such as: pypackager run -- python --version');
}
/** Of our images: it becomes whatever it is given. */
const ENTRYPOINT = '/usr/local/bin/entrypoint';
/** A command; one word with blanks is a line of a shell, as no program is called so: `build cmd "pip list"`. */
function asTyped(words) {
    return isLine(words) ? ['sh', '-c', ...words] : words;
}
function isLine(words) {
    return words.length === 1 && /\S\s+\S/.test(words[0] ?? '');
}
/** `build cmd`: a command in the builder, with the user's own source and wheelhouse. @returns its exit code */
async function runInBuilder(job) {
    const { call, inputs, world, runner } = job;
    if (call.command.length === 0)
        throw (0,usage/* usageError */.Wp)('build cmd needs a command', 'Such as: pypackager build cmd bash');
    const plan = await makePlan(inputs, { ...world, log: silent(job.log) }, runner);
    await job.sweep();
    const image = await builderOf(job, plan);
    const mounts = [`${world.paths.project}:/application`, `${world.paths.wheelhouse}:/wheelhouse`];
    await world.files.write(external_node_path_.join(world.paths.wheelhouse, '.gitignore'), '*\n');
    const settings = { ...inputs, ports: inputs.ports, volumes: [...mounts, ...inputs.volumes] };
    const container = await makeContainer({ ...world, log: silent(job.log) }, image, settings);
    return run_verbs_attach(job, { ...container, command: asTyped(call.command), workingDir: '/application' });
}
async function builderOf({ inputs, world }, plan) {
    const { images } = await makeBase(await openRun(inputs, world, plan));
    await images.builderAlone();
    const { builder } = images.results();
    if (!builder)
        throw new Error('the builder was not made');
    return builder.reference;
}
/** From here on signals and the terminal are the command's. */
async function run_verbs_attach({ run, around, log, cancellation }, request) {
    log.end();
    cancellation.ignore();
    return runAttached({ ...request, terminal: around.stdin.isTTY === true && around.stdout.isTTY === true }, run);
}
async function mustBeHere(world, image) {
    const info = await world.docker.inspect(image);
    if (info)
        return info;
    await world.docker.connect(); // no Docker at all is another fault
    throw new errors/* UserError */.yo('run', `the image ${image} is not on this machine`, 'Make it first: pypackager release');
}

;// CONCATENATED MODULE: ./lib/cli/verbs/dev-verb.js





/** Loopback alone: development servers show their insides to whoever asks. */
const dev_verb_PORT = '127.0.0.1:8000:8000';
/** `dev`: makes the dev image and starts it, or a command in it, on the source as it is. @returns the command's exit code */
async function runDev(job) {
    const { call, inputs, world, runner, log } = job;
    const sweeping = job.sweep();
    const { dev } = await main(inputs, world, runner);
    await sweeping;
    if (!dev)
        throw new Error('the dev image was not made');
    const starts = call.command.length === 0;
    const info = await world.docker.inspect(dev.reference);
    if (starts && info?.config.command.length === 0) {
        throw (0,usage/* usageError */.Wp)('the dev image has no start command', 'Name one, such as: pypackager dev bash; or set command.');
    }
    const ports = inputs.ports.length > 0 || !starts ? inputs.ports : [dev_verb_PORT];
    const settings = { ...inputs, ports, volumes: [`${world.paths.project}:/app`, ...inputs.volumes] };
    const quiet = { ...world, log: silent(log) };
    const container = await makeContainer(quiet, dev.reference, settings);
    await awaitServices(quiet, dev.reference, inputs);
    if (starts)
        log.info(`Starting ${dev.reference} on your source, with ${ports.join(', ')} (Ctrl-C ends it)`);
    return run_verbs_attach(job, { ...container, command: asTyped(call.command), workingDir: '/app' });
}

;// CONCATENATED MODULE: ./lib/cli/verbs/image-verb.js














/** `image`: an own Dockerfile as `<namespace>/<image>-<last folder>:<version>`, or that of the project as the release. */
async function buildImage(job) {
    const { call, inputs, world, runner, around, log } = job;
    const [folder, context, ...more] = call.words;
    if (more.length > 0)
        throw (0,usage/* usageError */.Wp)(`image takes two folders at most, and "${more[0]}" is a third`, 'See pypackager image --help.');
    const plan = await makePlan(inputs, { ...world, log: silent(log) }, runner);
    const project = external_node_path_.join(world.context.workspace, inputs.path);
    const at = folder === undefined ? project : external_node_path_.resolve(around.cwd, folder);
    const dockerfile = await readDockerfile(world, 'image', external_node_path_.join(at, 'Dockerfile'));
    const seen = context === undefined ? at : external_node_path_.resolve(around.cwd, context);
    if (!(await world.files.exists(seen)))
        throw (0,usage/* usageError */.Wp)(`there is no folder "${context}" for the context`, 'Name one that is there.');
    await world.docker.connect();
    await job.sweep();
    const name = `${plan.names.release}${at === project ? '' : `-${legalComponent(external_node_path_.basename(at))}`}`;
    const args = await argumentsOf(job, plan, dockerfile);
    const beside = await besides(world, seen, dockerfile);
    const build = () => buildOwnImage(world, plan.settings, {
        step: 'image',
        dockerfile,
        context: seen,
        beside,
        name,
        version: plan.tags.primary,
        args: { ...inputs.buildArgs, ...args },
        secrets: inputs.secrets,
    });
    const { how, info } = await log.group(name, build);
    const tag = `${name}:${plan.tags.primary}`;
    log.end();
    if (call.json)
        around.stdout.write(`${(0,log_line/* jsonText */.s)({ image: tag, imageid: info.id, size: info.size })}\n`);
    log.info(`${tag}: ${how}`);
    return usage.EXIT.done;
}
/**
 * What a Dockerfile of the family may ask for, as far as it does: the images of the family by the tag of this version,
 * and what the release installs, as the input `dockerfile` has it.
 * @throws UserError where an image of the family is asked for and not here: no registry is asked for a name that we made up
 */
async function argumentsOf({ inputs, world }, plan, dockerfile) {
    const version = plan.tags.primary;
    const { base, builder } = plan.family;
    const offered = {
        PARENT_IMAGE: plan.parent,
        BASE_IMAGE: inputs.baseImage || reference(base, version),
        BUILDER_IMAGE: inputs.builderImage || reference(builder, version),
        PACKAGE: await image_verb_packageOf(world, inputs.extras),
        RUNTIME_PACKAGES: [...new Set((await readManifests(world)).flatMap((manifest) => manifest.packages))].sort().join(' '),
    };
    for (const kind of ['base', 'builder']) {
        const argument = `${kind.toUpperCase()}_IMAGE`;
        if (!mentions(dockerfile.text, argument) || inputs[`${kind}Image`] || (await world.docker.inspect(offered[argument] ?? '')))
            continue;
        throw new errors/* UserError */.yo('image', `${dockerfile.file} takes ${argument}, and ${offered[argument]} is not on this machine`, `Make it first, such as: pypackager image docker/${kind}; or name one with --${kind}-image.`);
    }
    return Object.fromEntries(Object.entries(offered).filter(([, value]) => value !== ''));
}
/** `shop[test]==1.2.3` for the project's wheel in the wheelhouse; '' where there is none. */
async function image_verb_packageOf(world, asked) {
    const project = await world.records.get('project');
    if (!project || !(await world.files.exists(inWheelhouse(world, project.file))))
        return '';
    const metadata = parseMetadata(project.metadata);
    const extras = wantedExtras(requirementsOf(metadata), asked);
    return `${metadata.name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}==${metadata.version}`;
}
/** The wheelhouse, which no snapshot of the source holds, where it lies in the context and the Dockerfile names it. */
async function besides(world, context, dockerfile) {
    const { wheelhouse } = world.paths;
    const relative = external_node_path_.relative(context, wheelhouse);
    if (relative.startsWith('..') || external_node_path_.isAbsolute(relative) || !mentions(dockerfile.text, external_node_path_.basename(wheelhouse)))
        return {};
    const files = (await world.files.list(wheelhouse)).filter((file) => isWheelName(file) || file === SHELF.lock);
    if (files.length === 0) {
        throw new errors/* UserError */.yo('image', `${dockerfile.file} takes ${relative}/, which holds no wheels`, 'Make them first: pypackager build');
    }
    return Object.fromEntries(files.map((file) => [`${relative}/${file}`, external_node_path_.join(wheelhouse, file)]));
}

;// CONCATENATED MODULE: ./lib/plan/init/difference.js
const CONTEXT = 3;
/** A change as `git diff` shows it, and `git apply` takes it: one piece, from the first line that differs to the last. */
function difference_difference({ path, before, after }) {
    const old = linesOf(before ?? '');
    const now = linesOf(after);
    const most = Math.min(old.length, now.length);
    let head = 0;
    while (head < most && old[head] === now[head])
        head++;
    let tail = 0;
    while (tail < most - head && old.at(-1 - tail) === now.at(-1 - tail))
        tail++;
    const from = Math.max(0, head - CONTEXT);
    const until = Math.max(0, tail - CONTEXT);
    const range = (lines) => `${lines.length === 0 ? 0 : from + 1},${lines.length - from - until}`;
    return [
        `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n`,
        `+++ b/${path}\n`,
        `@@ -${range(old)} +${range(now)} @@\n`,
        ...marked(' ', old.slice(from, head)),
        ...marked('-', old.slice(head, old.length - tail)),
        ...marked('+', now.slice(head, now.length - tail)),
        ...marked(' ', old.slice(old.length - tail, old.length - until)),
    ].join('');
}
function marked(mark, lines) {
    return lines.map((line) => `${mark}${line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`}`);
}
/** Each with its end, which the last one may lack. */
function linesOf(text) {
    return text === '' ? [] : text.split(/(?<=\n)/);
}

;// CONCATENATED MODULE: ./lib/plan/init/settings-table.js
/** `[tool.pypackager]`, however it is spaced. */
const HEADER = /^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*pypackager[ \t]*\][^\n]*$/m;
/**
 * The text of a pyproject.toml with further settings; what is there stays as it is.
 * @param text undefined where there is no such file
 * @returns undefined where nothing has to be added
 */
function addSettings(text, settings) {
    const wanted = Object.entries(settings);
    if (wanted.length === 0)
        return undefined;
    const lines = wanted.map(([key, value]) => `${key} = ${toml(value)}`).join('\n');
    if (text === undefined || text.trim() === '')
        return `[tool.pypackager]\n${lines}\n`;
    if (HEADER.test(text))
        return text.replace(HEADER, (header) => `${header}\n${lines}`);
    return `${text.replace(/\n*$/, '\n')}\n[tool.pypackager]\n${lines}\n`;
}
/** A basic string's escapes are those of JSON. @see https://toml.io/en/v1.0.0#string */
function toml(value) {
    return typeof value === 'string' ? JSON.stringify(value) : `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
}

;// CONCATENATED MODULE: ./lib/plan/init/workflow.js
const ACTION = 'org/pypackager-action@v1 # zizmor: ignore[unpinned-uses] or a commit of yours';
const CHECKOUT = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
/** Whether a workflow has a step of this action. */
function usesAction(text) {
    return /^[ \t]*(?:- )?uses:[ \t]*["']?[\w.-]+\/pypackager-action[@/]/m.test(text);
}
/** The text of a workflow for one project, or for several in a matrix. */
function renderWorkflow({ branch, folders, test, gitVersion }) {
    const [only = '.'] = folders;
    const several = folders.length > 1;
    const path = several ? '${{ matrix.project }}' : only === '.' ? undefined : scalar(only);
    const tested = test ? [['test-extras', scalar(test)], ['test-command', 'python -m pytest']] : [];
    const inputs = [...(path ? [['path', path]] : []), ['registry', 'ghcr.io']];
    const push = ['push', "${{ github.event_name != 'pull_request' }}"];
    const plan = step([['target', 'plan'], ...inputs], { name: 'Would the image change?', id: 'plan' });
    const make = step([...inputs, ...tested, push], several ? { name: 'Make it', if: "steps.plan.outputs.changed == 'true'" } : {});
    return `name: package
on:
  push:
    branches: [${scalar(branch)}]
    tags: ['v*']
  pull_request:
permissions: {}
concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}
jobs:
  image:
    name: ${several ? '${{ matrix.project }}' : 'image'}
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read # to check out
      packages: write # to push to ghcr.io
${several ? `    strategy:\n      fail-fast: false\n      matrix:\n        project:\n${folders.map((folder) => `          - ${scalar(folder)}\n`).join('')}` : ''}    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
${gitVersion ? '          fetch-depth: 0 # the version comes from git\n' : ''}${several ? plan : ''}${make}`;
}
function step(inputs, head) {
    const keys = Object.entries(head);
    // `name` and `if` come before, `id` after, as workflows have them.
    const before = keys.filter(([key]) => key !== 'id');
    const after = keys.filter(([key]) => key === 'id');
    const lines = [...before, ['uses', ACTION], ...after].map(([key, value]) => `${key}: ${value}`);
    return `      - ${lines.join('\n        ')}\n        with:\n${inputs.map(([name, value]) => `          ${name}: ${value}\n`).join('')}`;
}
/** A YAML scalar; in quotes where it could be read as something else. */
function scalar(text) {
    return /^[A-Za-z][\w./-]*(?::[\w./-]+)*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
        ? text
        : `'${text.replaceAll("'", "''")}'`;
}

;// CONCATENATED MODULE: ./lib/plan/init/proposal.js


/** The workflow and the settings for a repository: only what is needed, and why. */
function propose(facts) {
    const { packaged, left } = chosen(facts.projects);
    const reasons = [
        ...packaged.map(projectReason),
        ...(left.length > 0 ? [`left out: ${left.map(({ folder }) => folder).join(', ')} (nothing in there starts)`] : []),
    ];
    const workflow = proposeWorkflow(facts, packaged);
    const tables = packaged.map(proposeTable);
    return {
        changes: [...workflow.changes, ...tables.flatMap(({ changes }) => changes)],
        reasons: [...reasons, ...workflow.reasons, ...tables.flatMap(({ reasons }) => reasons)],
        missing: [...packaged.flatMap(missingOf), ...sameNames(packaged)],
    };
}
/** The repository itself where it is a project that starts, else its folders that do; what starts nothing is a library. */
function chosen(projects) {
    const starts = ({ start, startExtra, startPackage }) => Boolean(start.command ?? start.advice ?? startExtra ?? startPackage);
    const root = projects.find(({ folder }) => folder === '.');
    if (projects.length === 1 || (root && starts(root)))
        return { packaged: root ? [root] : projects, left: [] };
    const apps = projects.filter(starts);
    if (apps.length === 0)
        return { packaged: root ? [root] : projects, left: [] };
    return { packaged: apps, left: projects.filter((one) => !apps.includes(one) && one !== root) };
}
function projectReason({ folder, name, definedBy, django, start }) {
    const where = folder === '.' ? '' : ` in ${folder}`;
    const tool = start.command?.tool ? 'a command line tool' : undefined;
    const what = django ? 'a Django site' : (tool ?? (start.command ? 'an application' : 'a project'));
    const how = start.command ? `: it starts by ${start.command.from}, which is found without a setting` : '';
    return `${name} (${definedBy}${where}) is ${what}${how}`;
}
function proposeWorkflow(facts, projects) {
    const { workflows, otherForge, branch } = facts;
    const own = [...workflows].find(([, text]) => usesAction(text))?.[0];
    if (own)
        return { changes: [], reasons: [`${own} has a step of pypackager: no workflow is added`] };
    if (otherForge && workflows.size === 0) {
        return {
            changes: [],
            reasons: [`${otherForge} is of another forge: docs/pipelines.md has the job to paste, no workflow of GitHub is added`],
        };
    }
    const [only] = projects;
    const tests = new Set(projects.map((project) => project.tests));
    const test = tests.size === 1 ? only?.tests : undefined;
    const gitVersion = projects.some((project) => project.gitVersion);
    const free = ['package', 'pypackager', 'pypackager-image']
        .map((name) => `.github/workflows/${name}.yml`)
        .find((file) => !workflows.has(file));
    const path = free ?? '.github/workflows/pypackager-package.yml';
    const after = renderWorkflow({ branch: branch.name, folders: projects.map(({ folder }) => folder), test, gitVersion });
    const reasons = [
        `${path}: made on pull requests, pushed to ghcr.io from ${branch.name} (${branch.from}) and on tags such as v1.2.3`,
        ...(projects.length > 1
            ? [`a job for each of ${projects.map(({ folder }) => folder).join(', ')}, which makes an image only if it would be another one`]
            : []),
        ...(test ? [`tests: python -m pytest in the test image, as ${test} has pytest; if they fail nothing is pushed`] : []),
        ...(gitVersion ? ['fetch-depth: 0, as the version comes from git'] : []),
    ];
    return { changes: [{ path, before: undefined, after }], reasons };
}
/** What gives a project its start, where nothing of its own does. */
function wantedSettings({ start, startExtra, startPackage }) {
    if (start.command)
        return {};
    if (startExtra)
        return { extras: [startExtra] };
    if (startPackage)
        return { packages: [startPackage] };
    return start.advice ? { command: start.advice } : {};
}
/** What no file of the project says and it needs. */
function proposeTable(project) {
    const { folder, start, startExtra, pyproject } = project;
    const path = folder === '.' ? 'pyproject.toml' : `${folder}/pyproject.toml`;
    const wanted = wantedSettings(project);
    const after = addSettings(pyproject, wanted);
    if (after === undefined)
        return { changes: [], reasons: [`${path}: nothing has to be set in [tool.pypackager]`] };
    const why = startExtra ? `the extra ${startExtra} has what serves the application` : start.why;
    const [name] = Object.keys(wanted);
    return { changes: [{ path, before: pyproject, after }], reasons: [`${path}: ${name} in [tool.pypackager], as ${why}`] };
}
/** Images are named after their projects. */
function sameNames(projects) {
    const twice = projects.filter(({ name }, i) => projects.findIndex((other) => other.name === name) < i);
    return [...new Set(twice.map(({ name }) => name))].map((name) => `several projects are called ${name}, and so would be their images. Set image-name in [tool.pypackager] of each.`);
}
function missingOf({ name, start, startExtra, startPackage }) {
    return start.command || start.advice || startExtra || startPackage ? [] : [`${name} has no start command: ${start.why}. ${start.next}`];
}

;// CONCATENATED MODULE: ./lib/run/prepare/init-facts.js









/** Files that make a folder a project, or may. */
const PROJECT_FILE = /^((?:[^/]+\/){0,3})(?:pyproject\.toml|setup\.py|setup\.cfg|requirements\.txt|Pipfile\.lock)$/;
const init_facts_ASIDE = /(^|\/)(node_modules|tests?|docs?|examples?|benchmarks?|templates?|\.[^/]*)\//;
/** What pytest collects. @see https://docs.pytest.org/en/stable/explanation/goodpractices.html */
const TEST_FILE = /(^|\/)(test_[^/]*|[^/]*_test)\.py$/;
/** What serves an application where nothing does: for WSGI, and for ASGI. */
const init_facts_SERVERS = ['gunicorn', 'uvicorn'];
const MOST_PROJECTS = 20;
const init_facts_NOTHING = { command: '', imageEnv: {}, requirements: [], groups: [] };
/**
 * What `init` sees of a repository. Nothing is run, and no registry or index is asked.
 * @param asked the folder that the user names, relative to the workspace; `.` looks for all of them
 * @throws UserError where there is no project
 */
async function initFacts(world, runner, asked) {
    const { workspace } = world.context;
    const all = await runner.sourcePaths(workspace, [], workspace);
    const folders = asked === '.' ? projectFolders(all) : [asked];
    const projects = [];
    let fault;
    for (const folder of folders.slice(0, MOST_PROJECTS)) {
        try {
            projects.push(await readOne(world, runner, folder));
        }
        catch (error) {
            if (!(error instanceof errors/* UserError */.yo))
                throw error;
            fault ??= error;
        }
    }
    if (projects.length === 0)
        throw fault ?? nothingHere(all);
    const workflows = all.filter((file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file));
    const texts = await Promise.all(workflows.map(async (file) => [file, (await world.files.readInside(workspace, external_node_path_.join(workspace, file), text_size/* TEXT_SIZE */.yf)) ?? '']));
    return {
        projects,
        branch: await branchOf(world),
        workflows: new Map(texts),
        otherForge: all.find((file) => /^(\.gitlab-ci\.yml|\.forgejo\/|\.gitea\/|bitbucket-pipelines\.yml|azure-pipelines\.yml)/.test(file)),
    };
}
/** The repository itself where it is a project, and the folders that are some. */
function projectFolders(files) {
    const found = files.flatMap((file) => (init_facts_ASIDE.test(file) ? [] : (PROJECT_FILE.exec(file)?.[1] ?? [])));
    const folders = [...new Set(found.map((folder) => folder.replace(/\/$/, '') || '.'))];
    // `src/` belongs to the folder that it lies in, and is found by itself.
    const outer = folders.map((folder) => (folder === 'src' && !folders.includes('.') ? '.' : folder));
    return outer.sort((one, other) => init_facts_depth(one) - init_facts_depth(other) || (one < other ? -1 : 1));
}
function init_facts_depth(folder) {
    return folder === '.' ? 0 : folder.split('/').length;
}
async function readOne(world, runner, folder) {
    const { workspace } = world.context;
    const at = await findProject(workspace, folder, world.files);
    const paths = await runner.sourcePaths(at, [], workspace);
    const tree = await readTree({ project: at, workspace }, paths, [], world.files);
    const repository = tree.folder === '.' ? (await world.git.origin(workspace))?.split('/')[1] : undefined;
    const project = readProject(tree, repository || external_node_path_.basename(external_node_path_.join(workspace, folder)));
    const pyproject = tree.texts.get('pyproject.toml');
    const toml = pyproject === undefined ? {} : (0,project_toml/* readToml */.D7)('pyproject.toml', pyproject);
    const here = { ...world, paths: { ...world.paths, project: at, wheelhouse: external_node_path_.join(workspace, folder, 'wheelhouse') } };
    const set = (key) => (0,project_toml/* textsAt */.i1)((0,project_toml/* tableAt */.af)(toml, 'tool', 'pypackager'), key) ?? [];
    const extras = set('extras').map(project_names/* normalizeName */.P);
    const packages = set('packages');
    const starting = async (more) => {
        const wished = { ...init_facts_NOTHING, extras: [...extras, ...(more.extras ?? [])], packages: [...packages, ...(more.packages ?? [])] };
        return (await expectedStart(here, { project }, wished, paths)).start;
    };
    const starts = async (more) => Boolean((await starting(more)).command);
    const start = await starting({});
    const extra = start.command ? undefined : await firstThat(project.metadata.extras, (one) => starts({ extras: [one] }));
    const server = start.command || extra ? undefined : await firstThat(init_facts_SERVERS, (one) => starts({ packages: [one] }));
    return {
        folder,
        name: project.name,
        definedBy: project.definedBy,
        django: project.django !== undefined,
        start,
        startExtra: extra,
        startPackage: server,
        tests: paths.some((file) => TEST_FILE.test(file)) ? testsOf(project) : undefined,
        gitVersion: project.sourceOnly === undefined && versionFromGit(toml, tree.texts),
        pyproject,
    };
}
async function firstThat(all, holds) {
    for (const one of all)
        if (await holds(one))
            return one;
    return undefined;
}
/** The extra or the dependency group that brings pytest, those called after tests first. */
function testsOf({ metadata, groups }) {
    const isPytest = (line) => /^\s*pytest\b(?!-)/i.test(line);
    const extras = metadata.extras.filter((extra) => metadata.requires.some((line) => isPytest(line) && line.includes(`extra == '${extra}'`)));
    const grouped = Object.entries(groups).flatMap(([name, lines]) => (lines.some(isPytest) ? [`group:${name}`] : []));
    const found = [...extras, ...grouped];
    return found.find((name) => /tests?$/.test(name)) ?? found[0];
}
function versionFromGit(toml, texts) {
    return readVersionSource(toml, texts.get('setup.cfg') ?? '', texts.get('setup.py') ?? '').kind === 'git';
}
/** The default branch of the origin, else main or what is checked out. */
async function branchOf({ context, files, git }) {
    const told = await files.readInside(context.workspace, external_node_path_.join(context.workspace, '.git/refs/remotes/origin/HEAD'), text_size/* TEXT_SIZE */.yf);
    const origin = /^ref: refs\/remotes\/origin\/([\w./-]+)\s*$/.exec(told ?? '')?.[1];
    if (origin)
        return { name: origin, from: 'the default branch of origin' };
    const branch = (await git.head(context.workspace))?.branch;
    if (branch && /^[\w./-]+$/.test(branch))
        return { name: branch, from: 'the branch that is checked out' };
    return { name: 'main', from: 'as none is checked out' };
}
function nothingHere(files) {
    const code = files.some((file) => file.endsWith('.py'));
    return new errors/* UserError */.yo('init', code ? 'there is Python here, and no file that says what it requires' : 'there is no Python project here', code
        ? 'Write a requirements.txt with a package a line (an empty one if there are none), then run init again.'
        : 'Write the application and a requirements.txt first, then run init again; or name the folder with --path.');
}

// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
;// CONCATENATED MODULE: ./lib/cli/word.js









/** By the real path of a pyproject.toml, what its user allowed. */
const word_WORDS = dist/* record */.g1P(dist/* string */.YjP(), grammar/* sha256Text */.f1);
/** Whether the user has allowed these values before. */
async function isAllowed({ at, needed }, env) {
    return needed.size === 0 || (await word_wordsOf(env))[await (0,promises_.realpath)(at)] === (0,trust/* wordPrint */.cT)(needed);
}
/**
 * Asks for the user's word, once for a project and its values.
 * @throws UserError where there is no terminal to ask on, and where the answer is not yes
 */
async function askForWord(unallowed, around) {
    const { stdin, stderr, env } = around;
    if (!stdin.isTTY || !stderr.isTTY)
        throw word_refused(unallowed, 'nobody has allowed');
    stderr.write(`${unallowed.file} [tool.pypackager] reaches out of the image:\n`);
    for (const [name, value] of unallowed.needed) {
        for (const line of value.split('\n'))
            stderr.write(`  ${(0,log_line/* logLine */.B)(`${name} = ${line}`)}\n`);
    }
    if (!/^y(es)?$/i.test((await answerTo('Follow it from now on, as long as it stays so? [y/N] ', around)).trim())) {
        throw word_refused(unallowed, 'you did not allow');
    }
    const file = wordsFile(env);
    const words = { ...(await word_wordsOf(env)), [await (0,promises_.realpath)(unallowed.at)]: (0,trust/* wordPrint */.cT)(unallowed.needed) };
    await (0,promises_.mkdir)(external_node_path_.dirname(file), { recursive: true, mode: 0o700 });
    await (0,promises_.writeFile)(`${file}.${process.pid}`, `${JSON.stringify(words, null, 2)}\n`, { mode: 0o600 });
    await (0,promises_.rename)(`${file}.${process.pid}`, file);
}
function word_refused({ file, needed }, why) {
    const names = [...needed.keys()].join(', ');
    return new errors/* UserError */.yo('inputs', `${file} [tool.pypackager] sets ${names}, which ${why}`, 'Read what it says, then add --trust-project; or answer once in a terminal.', { place: { file } });
}
/** '' where the terminal ends before there is an answer. */
function answerTo(question, { stdin, stderr }) {
    const terminal = (0,external_node_readline_.createInterface)({ input: stdin, output: stderr, terminal: false });
    return new Promise((resolve) => {
        terminal.once('close', () => resolve(''));
        terminal.question(question, (answer) => {
            resolve(answer);
            terminal.close();
        });
    });
}
/** @see https://specifications.freedesktop.org/basedir-spec/latest/ */
function wordsFile(env) {
    const folder = env.XDG_CONFIG_HOME && external_node_path_.isAbsolute(env.XDG_CONFIG_HOME) ? env.XDG_CONFIG_HOME : external_node_path_.join((0,external_node_os_.homedir)(), '.config');
    return external_node_path_.join(folder, 'pypackager', 'trusted.json');
}
async function word_wordsOf(env) {
    return (0,grammar/* readJson */.Vh)(word_WORDS, await (0,promises_.readFile)(wordsFile(env), 'utf8').catch(() => '')) ?? {};
}

;// CONCATENATED MODULE: ./lib/cli/verbs/init-verb.js








/** `init`: shows the workflow and the settings that a repository needs, and writes them by the user's word. */
async function initRepository(job) {
    const { call, inputs, world, runner, around, log } = job;
    const proposal = propose(await initFacts(world, runner, inputs.path));
    const { changes, reasons, missing } = proposal;
    if (!call.json) {
        for (const reason of reasons)
            log.info(reason);
        for (const text of missing)
            log.warning(text);
        for (const change of changes)
            log.foreign(['', ...difference_difference(change).trimEnd().split('\n')]);
        if (changes.length > 0)
            log.info('');
    }
    const wanted = changes.length > 0 && (call.write || (!call.json && (await init_verb_isWanted(job))));
    if (wanted)
        for (const change of changes)
            await write(job, change);
    if (call.json) {
        const files = changes.map((change) => ({ path: change.path, difference: difference_difference(change) }));
        around.stdout.write(`${(0,log_line/* jsonText */.s)({ files, reasons, missing, written: wanted }, 2)}\n`);
        return usage.EXIT.done;
    }
    if (changes.length === 0)
        log.info('Nothing has to be written.');
    else if (wanted)
        log.info(`${changes.map((change) => change.path).join(' and ')} written. Next: pypackager release, to try it here; then commit.`);
    else
        log.info('Nothing is written. To write it: pypackager init --write');
    return usage.EXIT.done;
}
/** Asked in a terminal alone. */
async function init_verb_isWanted({ around }) {
    if (!around.stdin.isTTY || !around.stderr.isTTY)
        return false;
    return /^y(es)?$/i.test((await answerTo('Write this? [y/N] ', around)).trim());
}
async function write({ world }, change) {
    const { files, context } = world;
    const at = external_node_path_.join(context.workspace, change.path);
    await files.checkInside(context.workspace, at);
    if (await files.isLink(at))
        throw new errors/* UserError */.yo('init', `${change.path} is a symbolic link`, 'Add the lines that are shown where it leads.');
    await files.write(at, change.after);
}

;// CONCATENATED MODULE: ./lib/report/outputs.js

/** Every output of action.yml, in its order. */
const OUTPUT_NAMES = (/* unused pure expression or super */ null && ([
    'release-tag',
    'version',
    'tags',
    'image',
    'digest',
    'imageid',
    'base-image',
    'builder-image',
    'test-image',
    'dev-image',
    'wheelhouse',
    'wheels',
    'lock',
    'cache-hit',
    'cache-key',
    'python-version',
    'command',
    'labels',
    'metadata',
    'sbom',
    'assets',
    'size',
    'changed',
]));
/**
 * The outputs as texts; a step that was not reached has none. `metadata` is all of them as JSON: a
 * matrix job's outputs keep only the last leg, so legs hand this on as an artefact.
 */
function outputs(outcome) {
    const { release, wheels, published } = outcome;
    const names = outcome_tagged(outcome);
    const image = published && `${published.repository}@${published.digest}`;
    const all = {
        version: outcome.version,
        image,
        digest: published?.digest,
        sbom: outcome.sbom,
        changed: outcome.changed === undefined ? undefined : String(outcome.changed),
        'base-image': outcome.base?.reference,
        'builder-image': outcome.builder?.reference,
        'test-image': outcome.test?.reference,
        'dev-image': outcome.dev?.reference,
        ...(wheels && {
            wheelhouse: wheels.folder,
            wheels: JSON.stringify(wheels.wheels),
            lock: wheels.lock,
            'cache-hit': String(wheels.cacheHit),
            'cache-key': wheels.cacheKey || undefined,
            'python-version': wheels.python,
            assets: [...wheels.assets, ...(outcome.sbom ? [outcome.sbom] : [])].join('\n'),
        }),
        ...(release && {
            'release-tag': names[0],
            tags: names.join('\n'),
            image: image ?? names[0],
            imageid: release.id,
            command: release.command ? JSON.stringify(release.command.argv) : '',
            labels: Object.entries(release.labels)
                .map(([name, value]) => `${name}=${value}`)
                .join('\n'),
            size: String(release.size),
        }),
    };
    const set = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return { ...set, metadata: JSON.stringify({ ...set, wheels: wheels?.wheels ?? [], labels: release?.labels ?? {} }) };
}

;// CONCATENATED MODULE: ./lib/cli/verbs/package-verb.js








/** The verbs that are the action's own story: build, release, test, push. */
async function makeOutcome(job) {
    const { inputs, world, runner, call, around, log } = job;
    const sweeping = job.sweep();
    const outcome = await main(inputs, world, runner);
    await sweeping;
    log.end();
    if (call.json)
        around.stdout.write(`${outcomeJson(outcome)}\n`);
    log.info(lastLine(outcome));
    for (const line of nextLines(job, outcome))
        log.info(line);
    return usage.EXIT.done;
}
/** The action's output `metadata`, and how long it took in seconds. */
function outcomeJson(outcome) {
    const metadata = JSON.parse(outputs(outcome).metadata ?? '{}');
    return (0,log_line/* jsonText */.s)({ ...metadata, seconds: Math.round(outcome.seconds * 100) / 100 }, 2);
}
/** Settings that say which image is meant, and those that every container of it is given. */
const package_verb_AGAIN = ['path', 'namespace', 'image-name', 'version', 'tags', 'flavor', 'tag-suffix', 'registry', 'ports', 'volumes', 'network'];
/** Of the flags of a release those that starting its image takes, too; values of the environment may be secrets. */
function flagsAgain({ flags }) {
    const given = cli_flags/* FLAGS */.Wg.flatMap(({ input, names, short, repeatable }) => {
        const value = package_verb_AGAIN.includes(input) ? flags.get(input) : undefined;
        const values = value === undefined ? [] : repeatable ? value.split('\n') : [value];
        return values.flatMap((one) => [short ? `-${short}` : `--${names[0]}`, one]);
    });
    const env = (flags.get('env') ?? '').split('\n').filter(Boolean);
    const named = env.map((line) => ` -e ${line.replace(/=.*$/, '')}=…`);
    return `${given.length > 0 ? ` ${shellLine(given)}` : ''}${named.join('')}`;
}
function nextLines({ verb, call, inputs }, { release, wheels, checks }) {
    if (call.json)
        return [];
    if (verb.name === 'build' && wheels) {
        const extras = call.words.length > 0 ? `, or pypackager test ${call.words.join(' ')}` : '';
        return [`Next: pypackager release${extras}`];
    }
    if (verb.name !== 'release' || !release)
        return [];
    const run = `pypackager run${flagsAgain(call)}`;
    if (!release.command)
        return [`Look inside: ${run} bash. What would give it a start: pypackager init`];
    const how = how_to_run_howToRun(release.command, checks?.list);
    switch (how.kind) {
        case 'serves': {
            const given = inputs.ports.length > 0;
            return [`Start it: ${run}${given ? '' : ` -p ${how.port}:${how.port}`}${given ? '' : ` (http://127.0.0.1:${how.port})`}`];
        }
        case 'tool':
            return [`Start it: ${run} -- ${how.program} --help`];
        case 'starts':
            return [`Start it: ${run}${inputs.ports.length > 0 ? '' : ' (with -p HOST:CONTAINER if it listens on a port)'}`];
    }
}

// EXTERNAL MODULE: ./lib/inputs/table.js + 1 modules
var table = __webpack_require__(9778);
;// CONCATENATED MODULE: ./lib/cli/verbs/plan-verb.js











/** `plan`: each setting with where it comes from, and what would be made. Nothing is built. */
async function plan_verb_showPlan(job) {
    const { inputs, world, runner, settings, untrusted, call, around, log } = job;
    const told = [];
    const quiet = { ...log, info: () => { }, notice: (text) => void told.push(text) };
    const plan = await makePlan(inputs, { ...world, log: quiet }, runner);
    const compiles = expectsCompiler(plan.project.definition, await readManifests(world));
    const start = inputs.dockerfile ? undefined : await expectedStart(world, plan, inputs, await runner.sourcePaths(world.paths.project));
    const rows = settingRows(settings, inputs, plan, world.context.ref, start);
    const made = madeRows(inputs, plan, compiles, start);
    if (call.json)
        around.stdout.write(`${planJson(rows, made, plan)}\n`);
    else {
        const unset = cli_flags/* SETTINGS */.yy.filter((name) => !rows.some(([row]) => row === name) && cli_flags/* FLAGS */.Wg.some((flag) => flag.input === name));
        const lines = [
            `Settings of ${plan.project.name} (${plan.project.definedBy}${plan.project.folder === '.' ? '' : ` in ${plan.project.folder}`})`,
            ...plan_verb_table(rows.map(([name, { value, from }]) => [name, oneLine(value), `(${from})`])),
            `  not set: ${unset.join(', ')}`,
            '',
            'pypackager release would make',
            ...plan_verb_table(made),
            '',
            ...tagLines(plan).map((line) => line.replace(/^# /, '')),
        ];
        for (const line of lines)
            log.info(line);
        for (const notice of told)
            log.notice(notice);
        if (untrusted) {
            log.notice(`${[...untrusted.needed.keys()].join(', ')} of ${untrusted.file} take your word: --trust-project, or an answer in a terminal.`);
        }
    }
    return usage.EXIT.done;
}
/** Every setting that has a value: the given ones, then what the plan makes of those that are not. */
function settingRows(settings, inputs, plan, ref, start) {
    const derived = {
        ...derivedSettings(inputs, plan, ref),
        command: start && commandSetting(start, plan),
    };
    return cli_flags/* FLAGS */.Wg.flatMap(({ input }) => {
        const given = settings.get(input);
        if (given && given.value !== '')
            return [[input, plan_verb_shown(input, given)]];
        const found = derived[input] ?? DEFAULTS[input];
        return found && found.value !== '' ? [[input, found]] : [];
    });
}
/** What the project, git and this machine say where no setting does. */
function derivedSettings(inputs, plan, ref) {
    const image = inputs.imageName || plan.repository.path.split('/').at(-1) || '';
    const namespace = plan.repository.path.slice(0, -image.length).replace(/\/$/, '');
    const { project, settings, newest } = plan;
    const told = (value, from) => ({ value, from });
    return {
        namespace: namespace ? told(namespace, 'the owner of the repository') : undefined,
        'image-name': told(image, project.nameFrom),
        version: told(plan.tags.tags.join(', '), ref ? `the ref ${ref}` : 'outside a workflow'),
        'python-version': plan.python === undefined ? undefined : told(plan.python, plan.pythonFrom),
        'parent-image': told(plan.parent, 'python-version'),
        requirements: project.requirements && told(project.requirements.files.join(', '), 'found'),
        'exclude-newer': told(newest.day, plan.revision ? "the commit's date" : 'today'),
        'index-url': settings.indexUrl ? told((0,text_addresses/* withoutLogin */.Gq)(settings.indexUrl), "pip's or uv's settings") : undefined,
        'extra-index-urls': settings.extraIndexUrls.length > 0
            ? told(settings.extraIndexUrls.map(text_addresses/* withoutLogin */.Gq).join(', '), "pip's or uv's settings, or pyproject.toml")
            : undefined,
        'ca-bundle': settings.ca ? told("this machine's", 'SSL_CERT_FILE or NODE_EXTRA_CA_CERTS') : undefined,
    };
}
/** The start command as one would write it, and where it comes from. */
function commandSetting({ start, sure }, { project }) {
    if (!start.command)
        return undefined;
    const line = plan_verb_startLine(start.command.argv);
    return {
        value: project.start && typeof project.start.line === 'string' ? project.start.line : line,
        from: from(start.command.from, sure),
    };
}
function from(what, sure) {
    return sure ? what : `most likely, by ${what}; decided when the wheels are there`;
}
/** Without the shell that a line is given to, and its exec. */
function plan_verb_startLine(argv) {
    const [program, flag, line = ''] = argv;
    return program === 'sh' && flag === '-c' && argv.length === 3 ? line.replace(/\bexec /, '') : shownWords(argv);
}
function shownWords(argv) {
    return argv.every((word) => /^[\w@%+=:,./-]+$/.test(word)) ? argv.join(' ') : JSON.stringify(argv);
}
function madeRows(inputs, plan, compiles, start) {
    const { names, tags, project } = plan;
    const version = plan.suffix ? tags.primary.slice(0, -plan.suffix.length) : tags.primary;
    const lock = inputs.requirements.length > 0 ? project.requirementsLock : (project.lock ?? project.requirementsLock);
    return [
        ['base', `${names.base}:${version}`, `from ${plan.parent}`],
        ['builder', `${names.builder}:${version}`, compiles ? 'something is known to need a compiler' : 'if something must be compiled'],
        [
            'wheels',
            `${inputs.wheelhouse}/`,
            lock ? `the packages of ${lock.file}` : `resolved from ${project.definedBy}, nothing newer than ${plan.newest.day}`,
        ],
        ...tags.tags.map((tag) => ['release', `${names.release}:${tag}`, `runs as ${inputs.user}; ${plan_verb_startOf(inputs, start)}`]),
    ];
}
/** How the image will start, as far as it is known before there are wheels. */
function plan_verb_startOf({ dockerfile }, expected) {
    if (!expected)
        return `made by ${dockerfile}`;
    const { start, sure } = expected;
    if (start.command)
        return sure ? 'starts by command' : 'starts by command, most likely';
    return `${sure ? 'without a start command' : 'most likely without a start command'}: ${start.why}. ${start.next}`;
}
function planJson(rows, made, plan) {
    const would = made.map(([what, name, from]) => ({ what, name, from }));
    return (0,log_line/* jsonText */.s)({ settings: Object.fromEntries(rows), would, dockerfile: renderProject(plan, plan.buildPackages) }, 2);
}
/** What an empty input stands for. */
const DEFAULTS = Object.fromEntries(Object.entries(table/* TABLE */.Bt).flatMap(([name, row]) => (row.default ? [[name, { value: row.default, from: 'default' }]] : [])));
function plan_verb_shown(input, setting) {
    return /index-url/.test(input) ? { ...setting, value: (0,text_addresses/* withoutLogins */.$b)(setting.value) } : setting;
}
function oneLine(value) {
    return value.split('\n').join(', ');
}
function plan_verb_table(rows) {
    const widths = [0, 1].map((i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
    return rows.map(([first, second, third]) => `  ${first.padEnd(widths[0] ?? 0)}  ${second.padEnd(Math.min(widths[1] ?? 0, 44))}  ${third}`.trimEnd());
}

;// CONCATENATED MODULE: ./lib/cli/work.js




























/** Does what a command line asks for. @param settings is filled, so that errors can tell where a value stands */
async function work(call, around, settings) {
    const { env, stdout, stderr } = around;
    const verb = call.verb;
    const attached = verb.takes === 'command';
    if (attached && call.json)
        throw (0,usage/* usageError */.Wp)(`${verb.name} has no --json`, 'Its output is that of the command.');
    const log = (0,terminal_log/* terminalLog */.d)({ stream: attached || call.json ? stderr : stdout, verbose: call.verbose, env, words: LAPTOP });
    const place = work_placeOf(call, around);
    const project = await findProject(place.workspace, place.path, files/* files */.a);
    for (const [input, setting] of await work_settingsOf(call, verb, around, place, project))
        settings.set(input, setting);
    const inputs = (0,lib_inputs/* readInputs */.Ko)((input) => settings.get(input)?.value ?? '');
    const untrusted = await untrustedOf(call, around, settings, external_node_path_.relative(place.workspace, project), project);
    if (untrusted && !ACTS_ON_NOTHING.includes(verb.name))
        await askForWord(untrusted, around);
    const where = external_node_path_.join(place.workspace, place.path);
    const run = runName(where);
    let temp = '';
    const cancellation = cancelOnSignals(() => log.error('Interrupted.'), () => clear(run, temp), usage.EXIT.interrupted);
    // Nobody reads on, as in `| head`: the run ends, and what it made so far goes.
    const unread = (0,usage/* brokenPipe */.w1)(() => cancellation.cancel(usage.EXIT.brokenPipe));
    for (const stream of [stdout, stderr])
        stream.on('error', unread);
    const opened = await openWorld({
        inputs: untrusted?.needed.has('ca-bundle') && ACTS_ON_NOTHING.includes(verb.name) ? { ...inputs, caBundle: '' } : inputs,
        env,
        context: place.context,
        log,
        run,
        stages: external_node_path_.join(around.dist, 'stages'),
        builds: !BUILDS_NOTHING.includes(verb.name),
        cache: () => NO_CACHE,
        hide: () => { },
        opened(folder) {
            temp = folder;
        },
    });
    const sweep = () => {
        const sweeping = sweepLeftBehind(where);
        sweeping.catch(() => { }); // it may be cancelled before anybody waits for it
        return sweeping;
    };
    try {
        const { world, runner } = opened;
        return await perform({ untrusted, call, verb, settings, inputs, world, runner, around, log, run, cancellation, sweep });
    }
    catch (error) {
        const told = await opened.explained(error);
        await clear(run, temp);
        if (!cancellation.cancelled())
            throw told;
        return cancellation.code();
    }
    finally {
        log.end();
        await opened.dispose();
    }
}
function perform(job) {
    switch (job.verb.name) {
        case 'plan':
            return plan_verb_showPlan(job);
        case 'init':
            return initRepository(job);
        case 'run':
        case 'manage':
            return runInRelease(job);
        case 'dev':
            return runDev(job);
        case 'build cmd':
            return runInBuilder(job);
        case 'image':
            return buildImage(job);
        case 'clean':
            return cleanWheelhouse(job);
        default:
            return makeOutcome(job);
    }
}
async function clear(run, temp) {
    await (0,docker_containers/* sweepContainers */.V5)(run);
    await (0,docker_containers/* sweepImages */.tq)(run);
    if (temp)
        await (0,promises_.rm)(temp, { recursive: true, force: true });
}
const LAPTOP = { message: laptop_words/* laptopWords */.w, line: laptop_words/* inputsAsFlags */.f };
/** What only shows, or removes what is ours, takes nobody's word. */
const ACTS_ON_NOTHING = ['plan', 'clean', 'init'];
/** What the table of the project sets and its user has not allowed; undefined where there is nothing. */
async function untrustedOf({ trustProject }, { env }, settings, folder, project) {
    const file = external_node_path_.join(folder, 'pyproject.toml');
    const unallowed = { file, at: external_node_path_.join(project, 'pyproject.toml'), needed: (0,trust/* needingWord */.$K)(settings, file) };
    return trustProject || (await isAllowed(unallowed, env)) ? undefined : unallowed;
}
const BUILDS_NOTHING = ['run', 'manage', 'clean', 'init'];
/** A laptop has no cache service: the wheelhouse stays where it is. */
const NO_CACHE = { restore: async () => undefined, save: async () => false };
function work_placeOf(call, { env, cwd }) {
    const given = call.flags.get('path') || env.PYPACKAGER_PATH || '.';
    const folder = external_node_path_.resolve(cwd, given);
    if (!(0,external_node_fs_.existsSync)(folder))
        throw (0,usage/* usageError */.Wp)(`there is no folder ${given} here`, 'Check --path.');
    const workspace = repositoryOf(folder);
    return { workspace, path: external_node_path_.relative(workspace, folder) || '.', context: { ...contextOf(env, cwd), workspace } };
}
/** Above a folder of its own, a repository that is all of the user's home (of settings) is not the project's. */
function repositoryOf(folder) {
    for (let at = folder;; at = external_node_path_.dirname(at)) {
        if (at === (0,external_node_os_.homedir)() && at !== folder)
            return folder;
        if ((0,external_node_fs_.existsSync)(external_node_path_.join(at, '.git')))
            return at;
        if (external_node_path_.dirname(at) === at)
            return folder;
    }
}
async function work_settingsOf(call, verb, { env, cwd }, place, project) {
    const file = external_node_path_.join(external_node_path_.relative(place.workspace, project), 'pyproject.toml');
    const shown = (input) => `--${cli_flags/* FLAGS */.Wg.find((flag) => flag.input === input)?.names[0] ?? input}`;
    const given = [(0,cli_settings/* byFlags */.TS)(call.flags, shown), (0,cli_settings/* byEnvironment */.NC)(env), (0,cli_settings/* byOldNames */.bC)(env)];
    const written = (0,cli_settings/* byFile */.y9)(file, await (0,project_settings/* projectTable */.O)(files/* files */.a, place.workspace, file));
    const wheelhouse = given.map((resolver) => resolver('wheelhouse')).find(Boolean) ?? written('wheelhouse');
    const anew = [...given, written].map((resolver) => resolver('no-cache')).find(Boolean);
    const resolvesAnew = /^true$/i.test(anew?.value ?? '');
    const kept = verb.name === 'build' || resolvesAnew
        ? undefined
        : await (0,project_settings/* keptBound */.h)(files/* files */.a, external_node_path_.join(place.workspace, place.path, wheelhouse?.value || 'wheelhouse'));
    const found = (0,cli_settings/* resolveSettings */.Mo)([
        (0,cli_settings/* byVerb */.Fk)(verb.name, { target: TARGETS[verb.name] ?? 'release', push: String(verb.name === 'push') }),
        ...given,
        written,
        (0,cli_settings/* byWheelhouse */.$3)(kept),
    ]);
    const settings = new Map(found);
    const from = found.get('path')?.from;
    if (from)
        settings.set('path', { value: place.path, from });
    else
        settings.set('path', { value: place.path, from: 'here' });
    if ((verb.name === 'build' || verb.name === 'test') && call.words.length > 0) {
        // Beside the release, so that its own lock and wheels stay as they are.
        const also = found.get('test-extras')?.value;
        settings.set('test-extras', { value: [also, ...call.words].filter(Boolean).join('\n'), from: `pypackager ${verb.name}` });
    }
    for (const input of ['volumes', 'ca-bundle']) {
        const setting = settings.get(input);
        if (!setting)
            continue;
        const ofTable = setting.from === file;
        const lines = setting.value.split('\n').map((line) => resolved(ofTable ? project : cwd, input, line));
        if (ofTable)
            for (const line of lines)
                await refuseOutside(input, line, file, project);
        settings.set(input, { ...setting, value: lines.join('\n') });
    }
    return settings;
}
const TARGETS = { plan: 'plan', build: 'wheels', 'build cmd': 'builder', test: 'test', dev: 'dev' };
/** Whoever wrote the project has no say over other folders of this machine. */
async function refuseOutside(input, line, file, project) {
    const [place = ''] = input === 'volumes' ? line.split(':') : [line];
    if (!external_node_path_.isAbsolute(place) || (await isInside(files/* files */.a, project, place)))
        return;
    throw new errors/* UserError */.yo('inputs', `${file} [tool.pypackager] sets ${input} to ${place}, which is outside the project`, `Only you may name it: ${input === 'volumes' ? `--volume ${line}` : `--${input} ${place}`}`, { place: { file } });
}
/** Paths are meant from where they are written, not from the workspace. A volume without a slash is one that Docker keeps. */
function resolved(base, input, line) {
    const [host = ''] = input === 'volumes' ? line.trim().split(':') : [line];
    const isPath = host !== '' && !host.startsWith('~') && (input !== 'volumes' || host.startsWith('.') || host.includes('/'));
    return isPath ? external_node_path_.resolve(base, host) + line.trim().slice(host.length) : line;
}


/***/ })

};
