# Everything the scripts share. Each library says in its first line what it is for.
# shellcheck source-path=SCRIPTDIR

# shellcheck source=say.bash
source "${BASH_SOURCE[0]%/*}/say.bash"
# shellcheck source=instance.bash
source "${BASH_SOURCE[0]%/*}/instance.bash"
# shellcheck source=accounts.bash
source "${BASH_SOURCE[0]%/*}/accounts.bash"
# shellcheck source=packages.bash
source "${BASH_SOURCE[0]%/*}/packages.bash"
# shellcheck source=process.bash
source "${BASH_SOURCE[0]%/*}/process.bash"
# shellcheck source=database.bash
source "${BASH_SOURCE[0]%/*}/database.bash"
# shellcheck source=engine.bash
source "${BASH_SOURCE[0]%/*}/engine.bash"
# shellcheck source=images.bash
source "${BASH_SOURCE[0]%/*}/images.bash"
