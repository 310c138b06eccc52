// `npm start`: one process, so that signals reach the server. The script's `exec` puts it in the place of npm's shell, which
// would end by itself and leave the server behind. Where there is no `exec`, on Windows: `node scripts/start.js`.
require("./prepare.js").prepare();
require("../dist/main.js");
