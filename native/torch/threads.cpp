#include "threads.h"

#include <dlfcn.h>

#include <condition_variable>
#include <mutex>

namespace smirk {

namespace {

std::mutex entrance;  // held by who waits to change the number, so that no others slip in
std::mutex counting;
std::condition_variable left;
int under_way = 0;
int of_all = 0;  // what OpenBLAS was told; 0: nothing yet

// Nobody works meanwhile.
void change(int count) {
    // Debian's OpenBLAS has threads of its own. The function is absent where another BLAS is in use.
    static const auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    if (set) set(count);
    of_all = count;
}

}  // namespace

Threads::Threads() {
    const int mine = at::get_num_threads();
    std::lock_guard<std::mutex> turn(entrance);
    std::unique_lock<std::mutex> lock(counting);
    if (mine != of_all) {
        left.wait(lock, [] { return under_way == 0; });
        change(mine);
    }
    under_way++;
}

Threads::~Threads() {
    std::lock_guard<std::mutex> lock(counting);
    if (--under_way == 0) left.notify_one();
}

}  // namespace smirk
