// Local features, homographies and warps for near duplicates.
#include "../shared/picture.h"

#include <opencv2/calib3d.hpp>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

using namespace smirk;

namespace {

// OpenCV makes smaller copies of the picture first; of a smaller picture the smallest copy would have no pixels.
constexpr int32_t orb_edge = 19;

void check_fit(int32_t count, double tolerance) {
    require(count >= 0 && tolerance > 0 && std::isfinite(tolerance), "a fit takes 0 or more pairs and a tolerance above 0, not ", count,
            " and ", tolerance);
}

}  // namespace

// ORB keypoints of a grey picture, strongest first. points: room for 4 floats (x, y, size, angle in degrees) for each of `max` keypoints;
// descriptors: 32 bytes for each; *count: how many were found, at most max. Pictures under 39 pixels across or down have none.
SMIRK_EXPORT int32_t smirk_vision_orb(const uint8_t* grey, int32_t width, int32_t height, int32_t max, int32_t fast_threshold,
                                      float* points, uint8_t* descriptors, int32_t* count) {
    return guarded([&] {
        checked_bytes(width, height, 1);
        require(max >= 1 && max <= 1 << 20, "the most keypoints must be from 1 to ", 1 << 20, ", not ", max);
        require(fast_threshold >= 1 && fast_threshold <= 255, "the threshold of a corner must be from 1 to 255, not ", fast_threshold);
        *count = 0;
        if (std::min(width, height) <= 2 * orb_edge) return;
        const cv::Mat picture(height, width, CV_8UC1, const_cast<uint8_t*>(grey));
        auto orb = cv::ORB::create(max, 1.2f, 8, orb_edge, 0, 2, cv::ORB::HARRIS_SCORE, 31, fast_threshold);
        std::vector<cv::KeyPoint> found;
        cv::Mat described;
        orb->detectAndCompute(picture, cv::noArray(), found, described);
        const int n = std::min<int>(max, static_cast<int>(found.size()));
        std::vector<int> order(found.size());
        for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return found[a].response > found[b].response; });
        for (int i = 0; i < n; ++i) {
            const cv::KeyPoint& k = found[order[i]];
            points[4 * i] = k.pt.x;
            points[4 * i + 1] = k.pt.y;
            points[4 * i + 2] = k.size;
            points[4 * i + 3] = k.angle;
            std::memcpy(descriptors + 32 * i, described.ptr(order[i]), 32);
        }
        *count = n;
    });
}

// The homography that takes `from` to `to` (count pairs of x, y), by MAGSAC++; the tolerance is in pixels of `to`. inliers: count bytes, 1
// for pairs that fit. *found is 0 when no model fits; then the homography (9 doubles, row major) is left as it is.
SMIRK_EXPORT int32_t smirk_vision_homography(const float* from, const float* to, int32_t count, double tolerance, double* homography,
                                             uint8_t* inliers, int32_t* found) {
    return guarded([&] {
        *found = 0;
        check_fit(count, tolerance);
        if (count < 4) return;
        const cv::Mat a(count, 2, CV_32FC1, const_cast<float*>(from)), b(count, 2, CV_32FC1, const_cast<float*>(to));
        cv::Mat mask;
        const cv::Mat h = cv::findHomography(a, b, cv::USAC_MAGSAC, tolerance, mask, 2000, 0.999);
        if (h.empty() || mask.empty()) return;
        std::memcpy(homography, h.ptr<double>(), 9 * sizeof(double));
        std::memcpy(inliers, mask.ptr(), static_cast<size_t>(count));
        *found = 1;
    });
}

// The similarity (turn, scale, shift; 6 doubles, row major) that takes `from` to `to`, by RANSAC: more stable than a homography with few
// pairs.
SMIRK_EXPORT int32_t smirk_vision_similarity(const float* from, const float* to, int32_t count, double tolerance, double* affine,
                                             uint8_t* inliers, int32_t* found) {
    return guarded([&] {
        *found = 0;
        check_fit(count, tolerance);
        if (count < 2) return;
        const cv::Mat a(count, 2, CV_32FC1, const_cast<float*>(from)), b(count, 2, CV_32FC1, const_cast<float*>(to));
        cv::Mat mask;
        const cv::Mat h = cv::estimateAffinePartial2D(a, b, mask, cv::RANSAC, tolerance, 2000, 0.999, 10);
        if (h.empty() || mask.empty()) return;
        std::memcpy(affine, h.ptr<double>(), 6 * sizeof(double));
        std::memcpy(inliers, mask.ptr(), static_cast<size_t>(count));
        *found = 1;
    });
}

// Warps a picture of 1 or 3 channels by the homography (source to result) to width2 x height2; pixels from outside the picture are 0.
SMIRK_EXPORT int32_t smirk_vision_warp(const uint8_t* pixels, int32_t width, int32_t height, int32_t channels, const double* homography,
                                       int32_t width2, int32_t height2, uint8_t* result) {
    return guarded([&] {
        checked_bytes(width, height, channels);
        checked_bytes(width2, height2, channels);
        const int type = CV_8UC(channels);
        const cv::Mat source(height, width, type, const_cast<uint8_t*>(pixels)), h(3, 3, CV_64FC1, const_cast<double*>(homography));
        require(cv::checkRange(h), "a homography needs finite numbers");
        cv::Mat target(height2, width2, type, result);
        cv::warpPerspective(source, target, h, target.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar());
    });
}

// Resizes a picture of 1 or 3 channels: area averaging when it shrinks, bicubic when it grows.
SMIRK_EXPORT int32_t smirk_vision_resize(const uint8_t* pixels, int32_t width, int32_t height, int32_t channels, int32_t width2,
                                         int32_t height2, uint8_t* result) {
    return guarded([&] {
        checked_bytes(width, height, channels);
        checked_bytes(width2, height2, channels);
        const int type = CV_8UC(channels);
        const cv::Mat source(height, width, type, const_cast<uint8_t*>(pixels));
        cv::Mat target(height2, width2, type, result);
        const bool shrinks = static_cast<int64_t>(width2) * height2 < static_cast<int64_t>(width) * height;
        cv::resize(source, target, target.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_CUBIC);
    });
}
