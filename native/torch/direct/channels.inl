// The inner loops over all pixels of each channel: batch normalisation and the gradients of activations; and Adam's.

// Two sums for each of some vectors of channels over all pixels: body(where in a pixel, pixel, real lanes, first, second) adds to them.
template <int Count, typename Body>
inline void sum_some(int64_t pixels, int64_t channels, int64_t c, float* sums, Body body) {
    Vector first[Count], second[Count];
    SMIRK_UNROLL for (int k = 0; k < Count; k++) first[k] = second[k] = Vector::zero();
    const int real = static_cast<int>(channels - c - (Count - 1) * lanes);
    for (int64_t i = 0; i < pixels; i++)
        SMIRK_UNROLL for (int k = 0; k < Count; k++) body(c + k * lanes, i, k + 1 < Count ? lanes : real, first[k], second[k]);
    SMIRK_UNROLL for (int k = 0; k < Count; k++) {
        first[k].store(sums + c + k * lanes, k + 1 < Count ? lanes : real);
        second[k].store(sums + channels + c + k * lanes, k + 1 < Count ? lanes : real);
    }
}

// Whole cache lines at a time.
template <typename Body>
inline void sum_all(int64_t pixels, int64_t channels, float* sums, Body body) {
    int64_t c = 0;
    for (; c + 4 * lanes <= channels; c += 4 * lanes) sum_some<4>(pixels, channels, c, sums, body);
    for (; c < channels; c += lanes) sum_some<1>(pixels, channels, c, sums, body);
}

inline void sum_squares(const float* x, int64_t pixels, int64_t channels, const float* origin, float* sums) {
    sum_all(pixels, channels, sums, [=](int64_t c, int64_t i, int real, Vector& first, Vector& second) {
        const Vector d = Vector::load_some(x + i * channels + c, real) - Vector::load_some(origin + c, real);
        first = first + d;
        second.add_product(d, d);
    });
}

// The value before the activation.
inline Vector before(Vector x, const Channels& channels, int64_t c, int real) {
    Vector z = Vector::load_some(channels.shift + c, real);
    z.add_product(x, Vector::load_some(channels.scale + c, real));
    return z;
}

inline void normalise(const float* x, int64_t pixels, const Channels& channels, float* y) {
    const Vector slope = Vector::all(channels.slope);
    for (int64_t i = 0; i < pixels; i++, x += channels.count, y += channels.count)
        for (int64_t c = 0; c < channels.count; c += lanes) {
            const int real = static_cast<int>(channels.count - c);
            const Vector z = before(Vector::load_some(x + c, real), channels, c, real);
            z.activated(z, slope).store(y + c, real);
        }
}

inline void sum_gradients(const float* x, const float* g, int64_t pixels, const Channels& channels, const float* mean, float* sums) {
    const Vector slope = Vector::all(channels.slope);
    sum_all(pixels, channels.count, sums, [&](int64_t c, int64_t i, int real, Vector& first, Vector& second) {
        const int64_t at = i * channels.count + c;
        const Vector value = Vector::load_some(x + at, real);
        const Vector d = Vector::load_some(g + at, real).activated(before(value, channels, c, real), slope);
        first = first + d;
        second.add_product(d, value - Vector::load_some(mean + c, real));
    });
}

inline void normalise_gradient(const float* x, const float* g, int64_t pixels, const Channels& channels, const float* slant,
                               const float* lift, float* of_x) {
    const Vector slope = Vector::all(channels.slope);
    for (int64_t i = 0; i < pixels; i++, x += channels.count, g += channels.count, of_x += channels.count)
        for (int64_t c = 0; c < channels.count; c += lanes) {
            const int real = static_cast<int>(channels.count - c);
            const Vector value = Vector::load_some(x + c, real);
            const Vector d = Vector::load_some(g + c, real).activated(before(value, channels, c, real), slope);
            const Vector result = d * Vector::load_some(channels.scale + c, real) - value * Vector::load_some(slant + c, real) -
                                  Vector::load_some(lift + c, real);
            result.store(of_x + c, real);
        }
}

inline void activation_gradient(const float* y, const float* g, int64_t pixels, int64_t channels, float slope, float* of_z, float* sums) {
    const Vector below = Vector::all(slope);
    sum_all(pixels, channels, sums, [=](int64_t c, int64_t i, int real, Vector& first, Vector&) {
        const int64_t at = i * channels + c;
        const Vector d = Vector::load_some(g + at, real).activated(Vector::load_some(y + at, real), below);
        d.store(of_z + at, real);
        first = first + d;
    });
}

// Adam, which has no channels.
inline void adam(float* p, const float* g, float* m, float* v, int64_t count, const AdamFactors& f) {
    // With beta1 = 0 the average is never read: it needn't go through memory.
    const bool averaged = f.keep1 != 0;
    const Vector keep1 = Vector::all(f.keep1), take1 = Vector::all(f.take1), keep2 = Vector::all(f.keep2), take2 = Vector::all(f.take2);
    const Vector rate = Vector::all(f.rate), eps = Vector::all(f.eps), decay = Vector::all(f.decay), unbias = Vector::all(f.unbias);
    for (int64_t i = 0; i < count; i += lanes) {
        const int real = count - i < lanes ? static_cast<int>(count - i) : lanes;
        const Vector parameter = Vector::load_some(p + i, real), d = Vector::load_some(g + i, real) + decay * parameter;
        Vector first = take1 * d;
        const Vector second = keep2 * Vector::load_some(v + i, real) + take2 * d * d;
        if (averaged) {
            first = first + keep1 * Vector::load_some(m + i, real);
            first.store(m + i, real);
        }
        second.store(v + i, real);
        (parameter - rate * first / (second.root() * unbias + eps)).store(p + i, real);
    }
}

inline float adam_surprise(const float* p, const float* g, const float* v, int64_t count, const AdamFactors& f) {
    const Vector keep2 = Vector::all(f.keep2), take2 = Vector::all(f.take2), decay = Vector::all(f.decay);
    const Vector unbias = Vector::all(f.unbias * f.unbias), least = Vector::all(f.eps * f.eps);
    Vector sum = Vector::all(0);
    for (int64_t i = 0; i < count; i += lanes) {
        const int real = count - i < lanes ? static_cast<int>(count - i) : lanes;
        const Vector d = Vector::load_some(g + i, real) + decay * Vector::load_some(p + i, real), square = d * d;
        sum = sum + square / ((keep2 * Vector::load_some(v + i, real) + take2 * square) * unbias + least);
    }
    float parts[lanes], whole = 0;
    sum.store(parts, lanes);
    for (const float part : parts) whole += part;
    return whole;
}
