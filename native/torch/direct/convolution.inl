// The inner loops of convolution: tiles of products, and how their operands are packed and their sums spread.

// Stores a tile's sums. Most are only added to what is there, in whole vectors.
template <int Rows, int Vectors>
inline void put(const Vector (&sum)[Rows][Vectors], float* const* rows, const int64_t* offset, const int* columns, const Target* target,
                int targets, const float* const* bias, float slope) {
    bool whole = true;
    SMIRK_UNROLL for (int v = 0; v < Vectors; v++) whole &= columns[v] >= lanes;
    for (int t = 0; t < targets; t++) {
        const Vector factor = Vector::all(target[t].factor);
        const bool activated = target[t].last && slope < 1;
        if (whole && target[t].add && !activated) {
            SMIRK_UNROLL for (int i = 0; i < Rows; i++) {
                if (!rows[i]) continue;
                float* at = rows[i] + target[t].offset;
                SMIRK_UNROLL for (int v = 0; v < Vectors; v++) {
                    Vector value = Vector::load(at + offset[v]);
                    value.add_product(sum[i][v], factor);
                    value.store(at + offset[v], lanes);
                }
            }
            continue;
        }
        SMIRK_UNROLL for (int i = 0; i < Rows; i++) {
            if (!rows[i]) continue;
            SMIRK_UNROLL for (int v = 0; v < Vectors; v++) {
                if (columns[v] <= 0) continue;
                float* at = rows[i] + target[t].offset + offset[v];
                Vector value = target[t].add ? Vector::load_some(at, columns[v])
                               : bias[v]     ? Vector::load_some(bias[v], columns[v])
                                             : Vector::zero();
                value.add_product(sum[i][v], factor);
                if (activated) value = value.activated(value, Vector::all(slope));
                value.store(at, columns[v]);
            }
        }
    }
}

// The vectors of a panel's columns.
template <int Vectors>
inline void split(int all, const float* bias, int64_t (&offset)[Vectors], int (&columns)[Vectors], const float* (&biases)[Vectors]) {
    for (int v = 0; v < Vectors; v++) {
        offset[v] = v * lanes;
        columns[v] = all - v * lanes;
        biases[v] = bias ? bias + v * lanes : nullptr;
    }
}

template <int Groups, int Vectors>
void tile(const Tile& t) {
    Vector sum[Groups * group][Vectors];
    SMIRK_UNROLL for (int i = 0; i < Groups * group; i++) SMIRK_UNROLL for (int v = 0; v < Vectors; v++) sum[i][v] = Vector::zero();
    const float* b = t.b;
    const int64_t step = t.a_step;
    for (int64_t run = 0; run < t.runs; run++) {
        const float* a[Groups];
        SMIRK_UNROLL for (int g = 0; g < Groups; g++) a[g] = t.a[g] + t.run[run];
        for (int64_t k = 0; k < t.run_length; k++) {
            Vector column[Vectors];
            SMIRK_UNROLL for (int v = 0; v < Vectors; v++) column[v] = Vector::load(b + v * lanes);
            b += Vectors * lanes;
            SMIRK_UNROLL for (int g = 0; g < Groups; g++) SMIRK_UNROLL for (int i = 0; i < group; i++) {
                const Vector pixel = Vector::all(a[g][i * step + k]);
                SMIRK_UNROLL for (int v = 0; v < Vectors; v++) sum[g * group + i][v].add_product(pixel, column[v]);
            }
        }
    }
    int64_t offset[Vectors];
    int columns[Vectors];
    const float* bias[Vectors];
    split(t.columns, t.bias, offset, columns, bias);
    put(sum, t.c, offset, columns, t.target, t.targets, bias, t.slope);
}

template <int Vectors>
void spread(const Spread& s) {
    int64_t offset[Vectors];
    int columns[Vectors];
    const float* bias[Vectors];
    split(s.columns, s.bias, offset, columns, bias);
    const float* from = s.from;
    for (int64_t pixel = 0; pixel < s.pixels; pixel++, from += s.places * 2 * lanes) {
        if (!s.to[pixel]) continue;
        Vector sum[max_places][Vectors];
        float* rows[max_places];
        SMIRK_UNROLL for (int i = 0; i < max_places; i++) {
            rows[i] = i < s.places ? s.to[pixel] + i * s.to_step : nullptr;
            SMIRK_UNROLL for (int v = 0; v < Vectors; v++) sum[i][v] = rows[i] ? Vector::load(from + (2 * i + v) * lanes) : Vector::zero();
        }
        put(sum, rows, offset, columns, s.target, s.targets, bias, s.slope);
    }
}

template <int Vectors>
void gradient(const GradientTile& t) {
    Vector sum[gradient_rows][Vectors];
    SMIRK_UNROLL for (int i = 0; i < gradient_rows; i++) SMIRK_UNROLL for (int v = 0; v < Vectors; v++) sum[i][v] = Vector::zero();
    const float* g = t.g;
    for (int64_t line = 0; line < t.images * t.lines; line++) {
        const float* x[Vectors];
        SMIRK_UNROLL for (int v = 0; v < Vectors; v++) x[v] = t.x + line / t.lines * t.x_image + line % t.lines * t.x_line + t.x_offset[v];
        for (int64_t i = 0; i < t.pixels; i++) {
            Vector column[Vectors];
            SMIRK_UNROLL for (int v = 0; v < Vectors; v++) column[v] = Vector::load(x[v] + i * t.x_step);
            SMIRK_UNROLL for (int row = 0; row < gradient_rows; row++) {
                const Vector pixel = Vector::all(g[row]);
                SMIRK_UNROLL for (int v = 0; v < Vectors; v++) sum[row][v].add_product(pixel, column[v]);
            }
            g += gradient_rows;
        }
    }
    float* rows[gradient_rows];
    for (int row = 0; row < gradient_rows; row++) rows[row] = t.sums + row * t.step;
    int64_t offset[Vectors];
    int columns[Vectors];
    const float* bias[Vectors];
    split(Vectors * lanes, nullptr, offset, columns, bias);
    put(sum, rows, offset, columns, t.target, t.targets, bias, 1);
}

template <int Vectors>
void write(const TapSums& s) {
    const float* from = s.from;
    for (int64_t row = 0; row < s.rows; row++)
        for (int64_t tap = 0; tap < s.taps; tap++, from += 2 * lanes) {
            float* at = s.w + row * s.w_step + s.tap[tap];
            SMIRK_UNROLL for (int v = 0; v < Vectors; v++) {
                Vector value = Vector::load(from + v * lanes);
                if (s.add) value = value + Vector::load_some(at + s.w_offset[v], s.columns[v]);
                value.store(at + s.w_offset[v], s.columns[v]);
            }
        }
}

template <int Vectors>
void pack_pixels(const float* source, const int64_t* offset, int64_t step, int64_t count, float* target) {
    for (int64_t i = 0; i < count; i++, source += step, target += Vectors * lanes)
        SMIRK_UNROLL for (int v = 0; v < Vectors; v++) Vector::load(source + offset[v]).store(target + v * lanes, lanes);
}

inline void pack_rows(const float* source, int64_t step, int rows, int64_t count, float* target) {
    if (rows == gradient_rows) {
        for (int64_t i = 0; i < count; i++) __builtin_memcpy(target + i * gradient_rows, source + i * step, gradient_rows * sizeof(float));
        return;
    }
    for (int64_t i = 0; i < count; i++)
        for (int row = 0; row < gradient_rows; row++) target[i * gradient_rows + row] = row < rows ? source[i * step + row] : 0;
}

inline void pack_transposed(const float* source, int64_t step, int rows, int64_t count, int width, float* target) {
    for (int i = 0; i < width; i += lanes)
        for (int64_t j = 0; j < count; j++) Vector::gather(source + i * step + j, step, rows - i).store(target + j * width + i, lanes);
}

template <int Count>
void mix_some(const float* taps, const Mixture& mixture, int64_t size, float* target) {
    const float* from[Count];
    Vector factor[Count];
    SMIRK_UNROLL for (int i = 0; i < Count; i++) {
        from[i] = taps + mixture.tap[i] * size;
        factor[i] = Vector::all(mixture.factor[i]);
    }
    for (int64_t at = 0; at < size; at += lanes) {
        Vector sum = Vector::zero();
        SMIRK_UNROLL for (int i = 0; i < Count; i++) sum.add_product(factor[i], Vector::load(from[i] + at));
        sum.store(target + at, lanes);
    }
}

inline void mix(const float* taps, const Mixture& mixture, int64_t size, float* target) {
    constexpr decltype(&mix_some<1>) by_count[max_taps] = {mix_some<1>, mix_some<2>, mix_some<3>, mix_some<4>, mix_some<5>,
                                                           mix_some<6>, mix_some<7>, mix_some<8>, mix_some<9>};
    by_count[mixture.count - 1](taps, mixture, size, target);
}

template <int Count>
void combine_some(const Sum& sum, int64_t step, int64_t units, int64_t count, float* target) {
    Vector factor[Count];
    SMIRK_UNROLL for (int i = 0; i < Count; i++) factor[i] = Vector::all(sum.factor[i]);
    for (int64_t unit = 0; unit < units; unit++, target += count) {
        const float* from[Count];
        SMIRK_UNROLL for (int i = 0; i < Count; i++) from[i] = sum.from[i] + unit * step;
        int64_t j = 0;
        for (; j + lanes <= count; j += lanes) {
            Vector total = Vector::zero();
            SMIRK_UNROLL for (int i = 0; i < Count; i++) total.add_product(factor[i], Vector::load(from[i] + j));
            total.store(target + j, lanes);
        }
        if (j == count) continue;
        const int left = static_cast<int>(count - j);
        Vector total = Vector::zero();
        SMIRK_UNROLL for (int i = 0; i < Count; i++) total.add_product(factor[i], Vector::load_some(from[i] + j, left));
        total.store(target + j, left);
    }
}

inline void combine(const Sum& sum, int64_t step, int64_t units, int64_t count, float* target) {
    constexpr decltype(&combine_some<1>) by_count[max_summands] = {combine_some<1>, combine_some<2>, combine_some<3>, combine_some<4>};
    by_count[sum.count - 1](sum, step, units, count, target);
}
