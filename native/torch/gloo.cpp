// Stores and groups by libtorch's c10d: a TCP store to meet at, Gloo to compute with.
#include "group.h"

#ifdef SMIRK_GLOO
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace smirk {

namespace {

struct TcpStore : Store {
    explicit TcpStore(c10::intrusive_ptr<c10d::Store> store) : store(std::move(store)) {}

    void set(const std::string& key, std::vector<uint8_t> value) override { store->set(key, value); }

    bool get(const std::string& key, std::vector<uint8_t>& value) override {
        if (!store->check({key})) return false;
        value = store->get(key);
        return true;
    }

    const c10::intrusive_ptr<c10d::Store> store;
};

// ProcessGroupGloo is held by its own type: its base class is ProcessGroup in libtorch 1.13 and Backend in 2.x.
class GlooGroup : public Group {
   public:
    GlooGroup(c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo, int64_t size) : Group(size), gloo_(std::move(gloo)) {}

    auto begin_sum(const at::Tensor& tensor) {
        std::vector<at::Tensor> all{tensor};
        return gloo_->allreduce(all);
    }

    using Group::sum;
    void sum(at::Tensor tensor) override { wait(begin_sum(tensor)); }

    void broadcast(at::Tensor tensor, int32_t root) override {
        std::vector<at::Tensor> all{tensor};
        c10d::BroadcastOptions options;
        options.rootRank = root;
        wait(gloo_->broadcast(all, options));
    }

    Exchange* begin_average(const std::vector<at::Tensor>& tensors) override;

    // One that lay here, or a new one. A message is as long as the step before's, and fresh pages for one took 5 ms a step.
    at::Tensor take(int64_t numbers, at::ScalarType type) {
        const auto fits = [&](const at::Tensor& one) { return one.numel() == numbers && one.scalar_type() == type; };
        const auto kept = std::find_if(spare_.begin(), spare_.end(), fits);
        if (kept == spare_.end()) return at::empty({numbers}, type);
        auto taken = std::move(*kept);
        spare_.erase(kept);
        return taken;
    }

    void put_back(at::Tensor message) { spare_.push_back(std::move(message)); }

    // In slices, to see in between whether the group was abandoned.
    template <typename Work>
    void wait(const Work& work) {
        constexpr std::chrono::milliseconds slice{500};
        while (!work->isCompleted()) {
            try {
                work->wait(slice);
            } catch (const std::exception&) {
                if (work->isCompleted()) throw;
            }
            if (abandoned && !work->isCompleted()) throw Failure(Status::failed, "another process of this group is gone");
        }
        work->wait(slice);  // throws what went wrong
    }

   private:
    const c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo_;
    std::vector<at::Tensor> spare_;
};

struct GlooExchange : Exchange {
    GlooExchange(GlooGroup& group, std::vector<at::Tensor> gradients, const std::vector<at::Tensor>& rows)
        : group(group), gradients(std::move(gradients)), flat(averaged(group, rows)), work(group.begin_sum(flat)) {}

    void end() override {
        group.wait(work);
        int64_t at = 0;
        for (auto& gradient : gradients) {
            gradient.copy_(flat.narrow(0, at, gradient.numel()).view(gradient.sizes()));
            at += gradient.numel();
        }
        group.put_back(flat);  // only now: where the wait was given up, the library may still write into it
    }

    static at::Tensor averaged(GlooGroup& group, const std::vector<at::Tensor>& rows) {
        int64_t numbers = 0;
        for (const auto& row : rows) numbers += row.numel();
        auto flat = group.take(numbers, rows[0].scalar_type());
        if (rows[0].is_cpu())
            at::cat_out(flat, rows);
        else
            flat.copy_(at::cat(rows));
        return flat.div_(static_cast<double>(group.size));
    }

    GlooGroup& group;
    std::vector<at::Tensor> gradients;
    const at::Tensor flat;
    const decltype(group.begin_sum(flat)) work;
};

Exchange* GlooGroup::begin_average(const std::vector<at::Tensor>& tensors) {
    std::vector<at::Tensor> gradients, rows;
    for (const auto& tensor : tensors) {
        if (!tensor.grad().defined()) continue;
        gradients.push_back(tensor.grad());
        rows.push_back(gradients.back().reshape({-1}));
    }
    require(!rows.empty(), "none of ", tensors.size(), " tensors has a gradient to exchange");
    return new GlooExchange(*this, std::move(gradients), rows);
}

}  // namespace

bool groups_available() noexcept { return true; }

Store* open_store(const std::string& host, uint16_t port, bool serve, std::chrono::milliseconds patience, const std::string& prefix) {
    c10d::TCPStoreOptions options;
    options.port = port;
    options.isServer = serve;
    options.waitWorkers = false;
    options.timeout = patience;
    return new TcpStore(c10::make_intrusive<c10d::PrefixStore>(prefix, c10::make_intrusive<c10d::TCPStore>(host, options)));
}

Group* open_group(Store& store, int32_t rank, int32_t size, const std::string& address) {
    auto options = c10d::ProcessGroupGloo::Options::create();
    options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(address));
    options->threads = 2;
    // Longer than any training: whether to wait on isn't decided there, see wait.
    options->timeout = std::chrono::hours(24 * 365);
    const auto& meeting = static_cast<TcpStore&>(store).store;
    return new GlooGroup(c10::make_intrusive<c10d::ProcessGroupGloo>(meeting, rank, size, options), size);
}

}  // namespace smirk

#else

namespace smirk {

static void refuse() {
    throw Failure(Status::not_implemented,
                  "process groups: libtorch's Gloo or its headers (libgloo-dev) weren't there when the shim was built");
}

bool groups_available() noexcept { return false; }

Store* open_store(const std::string&, uint16_t, bool, std::chrono::milliseconds, const std::string&) {
    refuse();
    return nullptr;
}

Group* open_group(Store&, int32_t, int32_t, const std::string&) {
    refuse();
    return nullptr;
}

}  // namespace smirk

#endif
