#include "threads.h"

#include <dlfcn.h>

#include <shared_mutex>

namespace smirk {

namespace {

std::shared_mutex operations;  // shared by those under way
std::atomic<int> count_wanted{0}, count_now{0};

// Nobody works meanwhile.
void change(int count) {
    // Debian's OpenBLAS has threads of its own. The function is absent where another BLAS is in use.
    if (auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(count);
    count_now = count;
}

}  // namespace

Threads::Threads() {
    const int wanted = Threads::wanted();
    // Never waits for the others: they may come one after the other for hours, or wait for another machine.
    if (wanted != count_now && operations.try_lock()) {
        change(wanted);
        operations.unlock();
    }
    operations.lock_shared();
    thread_local int mine = 0;
    if (mine == count_now) return;
    mine = count_now;
    at::set_num_threads(mine);
}

Threads::~Threads() { operations.unlock_shared(); }

void Threads::want(int count) { count_wanted = count; }

int Threads::wanted() {
    static const int initial = at::get_num_threads();
    const int count = count_wanted;
    return count ? count : initial;
}

}  // namespace smirk
