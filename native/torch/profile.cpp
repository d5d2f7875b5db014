// Where time goes: what libtorch and the functions here report of themselves, added up by name and shape of the first tensor. Nested time
// is counted once, for the innermost function. For benchmarks.
#include "tensor.h"

#include <ATen/record_function.h>

#include <chrono>
#include <map>

namespace smirk {

namespace {

using Clock = std::chrono::steady_clock;

struct Entry {
    int64_t calls = 0;
    double total = 0, least = 1e9;  // seconds
};

struct Running : at::ObserverContext {
    std::string name;
    Clock::time_point begin;
    double inner = 0;  // seconds
    Running* outer = nullptr;
};

std::map<std::string, Entry> entries;
at::CallbackHandle handle = 0;
bool profiling = false;
thread_local Running* innermost = nullptr;

std::string name_of(const at::RecordFunction& function) {
    std::string name = function.name();
    for (const auto& input : function.inputs())
        if (input.isTensor() && input.toTensor().defined()) return name + " " + c10::str(input.toTensor().sizes());
    return name;
}

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction& function) {
    auto running = std::make_unique<Running>();
    running->name = name_of(function);
    running->outer = innermost;
    innermost = running.get();
    running->begin = Clock::now();
    return running;
}

void end(const at::RecordFunction&, at::ObserverContext* context) {
    auto* running = static_cast<Running*>(context);
    const double seconds = std::chrono::duration<double>(Clock::now() - running->begin).count();
    innermost = running->outer;
    if (innermost) innermost->inner += seconds;
    auto& entry = entries[running->name];
    entry.calls++;
    entry.total += seconds - running->inner;
    entry.least = std::min(entry.least, seconds - running->inner);
}

}  // namespace

}  // namespace smirk

using namespace smirk;

// Starts to profile everything on this thread.
SMIRK_EXPORT int32_t smirk_torch_profile_start() {
    return computed([&] {
        require(!profiling, "a profile is being taken already");
        entries.clear();
        handle = at::addThreadLocalCallback(at::RecordFunctionCallback(begin, end).needsInputs(true));
        profiling = true;
    });
}

// Lines of: name and shape, calls, seconds in all, seconds of the fastest call, separated by tabs. *length is their whole length, of which
// as much is written as the buffer holds.
SMIRK_EXPORT int32_t smirk_torch_profile_stop(char* buffer, int32_t capacity, int32_t* length) {
    return computed([&] {
        require(profiling, "no profile is being taken: start one first");
        require(capacity >= 0, "a buffer of ", capacity, " bytes: expected 0 or more");
        at::removeCallback(handle);
        profiling = false;
        std::ostringstream text;
        for (const auto& [name, entry] : entries) text << name << '\t' << entry.calls << '\t' << entry.total << '\t' << entry.least << '\n';
        const auto all = text.str();
        *length = static_cast<int32_t>(all.size());
        std::memcpy(buffer, all.data(), std::min<size_t>(all.size(), capacity));
    });
}
