// The loops, written once over Vector: included by one source for each instruction set, inside a namespace of its own, as
// the linker would else take one set's instantiation for another's.
#define SMIRK_UNROLL _Pragma("GCC unroll 16")

inline void put(Vector sum, float* p, int columns, const Target* target, int targets, const float* bias, float slope) {
    if (columns <= 0) return;
    for (int t = 0; t < targets; t++) {
        float* at = p + target[t].offset;
        Vector value = target[t].add ? Vector::load_some(at, columns) : bias ? Vector::load_some(bias, columns) : Vector::zero();
        value.add_product(sum, Vector::all(target[t].factor));
        if (target[t].last && slope < 1) value.activate(slope);
        value.store(at, columns);
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
    SMIRK_UNROLL for (int i = 0; i < Groups * group; i++) {
        if (!t.c[i]) continue;
        SMIRK_UNROLL for (int v = 0; v < Vectors; v++) {
            put(sum[i][v], t.c[i] + v * lanes, t.columns - v * lanes, t.target, t.targets, t.bias ? t.bias + v * lanes : nullptr, t.slope);
        }
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
    SMIRK_UNROLL for (int row = 0; row < gradient_rows; row++) {
        if (row >= t.rows) continue;
        SMIRK_UNROLL for (int v = 0; v < Vectors; v++) put(sum[row][v], t.w + row * t.w_step + t.w_offset[v], t.columns[v], t.target, t.targets, nullptr, 1);
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

inline void mix(const float* source, const Mixture& mixture, int64_t real, int64_t width, float* target) {
    int64_t i = 0;
    for (; i + lanes <= real; i += lanes) {
        Vector sum = Vector::zero();
        for (int m = 0; m < mixture.count; m++) sum.add_product(Vector::all(mixture.factor[m]), Vector::load(source + mixture.offset[m] + i));
        sum.store(target + i, lanes);
    }
    for (; i < width; i += lanes) {
        const int left = static_cast<int>(real - i);
        Vector sum = Vector::zero();
        for (int m = 0; m < mixture.count && left > 0; m++)
            sum.add_product(Vector::all(mixture.factor[m]), Vector::load_some(source + mixture.offset[m] + i, left));
        sum.store(target + i, lanes);
    }
}

template <bool Both>
inline void combined(const float* a, Vector p, const float* b, Vector q, int64_t count, float* target) {
    int64_t j = 0;
    for (; j + lanes <= count; j += lanes) {
        Vector sum = Vector::zero();
        sum.add_product(p, Vector::load(a + j));
        if (Both) sum.add_product(q, Vector::load(b + j));
        sum.store(target + j, lanes);
    }
    if (j == count) return;
    const int left = static_cast<int>(count - j);
    Vector sum = Vector::zero();
    sum.add_product(p, Vector::load_some(a + j, left));
    if (Both) sum.add_product(q, Vector::load_some(b + j, left));
    sum.store(target + j, left);
}

inline void combine(const float* a, float p, const float* b, float q, int64_t step, int64_t units, int64_t count, float* target) {
    const Vector first = Vector::all(p), second = Vector::all(q);
    for (int64_t i = 0; i < units; i++, a += step, b += step, target += count) {
        if (q != 0)
            combined<true>(a, first, b, second, count, target);
        else
            combined<false>(a, first, b, second, count, target);
    }
}

#define SMIRK_KERNELS(name)                                                                                                    \
    {name, lanes, group, gradient_rows, {{tile<1, 1>, tile<1, 2>}, {tile<2, 1>, tile<2, 2>}, {tile<3, 1>, tile<3, 2>}},        \
     {gradient<1>, gradient<2>}, {pack_pixels<1>, pack_pixels<2>}, pack_rows, pack_transposed, mix, combine}
