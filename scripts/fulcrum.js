// `npm run fulcrum -- …`: the command line from a checkout.
require("./prepare.js").prepare();
require("../dist/cli/fulcrum.js");
