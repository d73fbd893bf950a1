# debian_chroot.sh - a clean Debian of this machine's release in a folder, for tests that install a
# package (sourced).  The base system with the libraries that the package needs is made once and kept
# as build/deb/base.tar; the mirror is the one this machine itself uses.
#
#	chroot_make DIR PACKAGE.deb       unpacks, with /proc and /dev
#	in_chroot COMMAND...              runs in it
#	chroot_remove                     always: in a trap.  Deletes nothing while something is mounted.
chroot_dir=
chroot_base=build/deb/base.tar

chroot_needs() {
	[ "$(id -u)" = 0 ] || { echo "this test needs root (chroot, mount): run it with sudo" >&2; return 1; }
	command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install debootstrap" >&2; return 1; }
}
in_chroot() { LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$chroot_dir" "$@"; }

chroot_mount() {
	mount -t proc proc "$chroot_dir/proc" && mount --bind /dev "$chroot_dir/dev"
}
chroot_unmount() {
	for at in proc dev; do
		while mountpoint -q "$chroot_dir/$at"; do umount "$chroot_dir/$at" || umount -l "$chroot_dir/$at" || return 1; done
	done
}
chroot_remove() {
	[ -n "$chroot_dir" ] && [ -d "$chroot_dir" ] || return 0
	chroot_unmount && ! grep -q " $chroot_dir/" /proc/mounts && rm -rf --one-file-system "$chroot_dir"
}

# apt as on this machine: sources, keys, settings; and its way to names and hosts.
chroot_apt() {
	rm -rf "$chroot_dir"/etc/apt/sources.list "$chroot_dir"/etc/apt/sources.list.d
	cp -a /etc/apt/sources.list.d "$chroot_dir/etc/apt/"
	[ ! -e /etc/apt/sources.list ] || cp /etc/apt/sources.list "$chroot_dir/etc/apt/"
	for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/99*; do
		[ ! -e "$file" ] || cp "$file" "$chroot_dir/etc/apt/apt.conf.d/"
	done
	cp /etc/resolv.conf /etc/hosts "$chroot_dir/etc/"
}

chroot_make_base() { # packages
	release=$(. /etc/os-release && echo "$VERSION_CODENAME")
	mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $release" | head -n 1)
	[ -n "$mirror" ] || { echo "this machine's apt names no mirror for $release: apt-get update" >&2; return 1; }
	debootstrap --variant=minbase "$release" "$chroot_dir" "$mirror" >build/deb/debootstrap.log 2>&1 || {
		echo "debootstrap failed:" >&2
		tail -n 5 build/deb/debootstrap.log >&2
		return 1
	}
	chroot_apt
	chroot_mount || return 1
	in_chroot apt-get update -q >build/deb/apt.log 2>&1 &&
		in_chroot apt-get install -y -q --no-install-recommends $1 >>build/deb/apt.log 2>&1 &&
		in_chroot apt-get clean || { tail -n 5 build/deb/apt.log >&2; return 1; }
	chroot_unmount || return 1
	tar -C "$chroot_dir" -cf "$chroot_base.new" . && mv "$chroot_base.new" "$chroot_base"
}

chroot_make() {
	chroot_dir=$1
	mkdir -p "$chroot_dir" build/deb
	# The libraries by name: a new one makes a new base.
	wanted=$(dpkg-deb -f "$2" Depends | tr ',' '\n' | sed 's/([^)]*)//; s/|.*//' | tr -d ' ' | sort -u | tr '\n' ' ')
	wanted="$wanted nginx-light openssl curl procps"
	if [ ! -s "$chroot_base" ] || [ "$(cat "$chroot_base.packages" 2>/dev/null)" != "$wanted" ]; then
		chroot_make_base "$wanted" || return 1
		echo "$wanted" >"$chroot_base.packages"
	else
		tar -C "$chroot_dir" -xf "$chroot_base" || return 1
		chroot_apt
	fi
	chroot_mount
}
