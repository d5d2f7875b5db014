#include "errors.h"

#include <new>

namespace smirk {

static thread_local std::string message;

static Status understood() {
    try {
        throw;
    } catch (const Failure& error) {
        message = error.what();
        return error.status;
    } catch (const std::bad_alloc&) {
        message = "out of memory";
        return Status::out_of_memory;
    } catch (const std::exception& error) {
        message = error.what();
        return classify(error, message);
    } catch (...) {
        message = "an exception of an unknown type";
        return Status::unknown;
    }
}

Status report() noexcept {
    try {
        return understood();
    } catch (...) {
        // There was no room for the message.
        message.clear();
        return Status::out_of_memory;
    }
}

const char* last_error() noexcept { return message.c_str(); }

}  // namespace smirk
