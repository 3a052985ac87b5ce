// What makes the desk's pages quicker than they are without script. Each part is a module
// that finds its own elements and does nothing where there are none.
import './record.js';
import './lists.js';
import './renew.js';
import './names.js';
import './files.js';
import './write.js';
import './import.js';
import './publish.js';
import './phone.js';
