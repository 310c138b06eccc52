// `npm start`: one process from here on, so that signals reach the server.
require("./prepare.js").prepare();
require("../dist/main.js");
