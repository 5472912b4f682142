# Everything the scripts share. Each library says in its first line what it is for.

lib=$(cd "${BASH_SOURCE[0]%/*}" && pwd -P)
source "$lib/say.bash"
source "$lib/instance.bash"
source "$lib/accounts.bash"
source "$lib/packages.bash"
source "$lib/process.bash"
source "$lib/database.bash"
source "$lib/engine.bash"
source "$lib/image-builds.bash"
source "$lib/images.bash"
source "$lib/build.bash"
source "$lib/vendor.bash"
source "$lib/release.bash"
source "$lib/homes.bash"
source "$lib/settings.bash"
source "$lib/web.bash"
source "$lib/services.bash"
