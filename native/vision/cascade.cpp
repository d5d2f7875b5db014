// Cascade classifiers: the raw hits of one pass over one grey picture. The caller chooses the passes and interprets the hits.
#include "../shared/picture.h"

#include <opencv2/core.hpp>
#include <opencv2/objdetect.hpp>

#include <memory>
#include <vector>

using namespace smirk;

namespace {

// As C# reads it: src/Smirk.Imaging/Vision/CascadeClassifier.cs.
struct Hit {
    int32_t x, y, size;
    float weight;
};

}  // namespace

// A classifier from the text of its XML file. One thread at a time may use it.
SMIRK_EXPORT int32_t smirk_vision_cascade_open(const char* xml, int32_t length, void** cascade) {
    return guarded([&] {
        *cascade = nullptr;
        require(length >= 1, "a cascade of ", length, " bytes: expected at least 1");
        cv::FileStorage file(std::string(xml, static_cast<size_t>(length)),
                             cv::FileStorage::READ | cv::FileStorage::MEMORY | cv::FileStorage::FORMAT_XML);
        auto classifier = std::make_unique<cv::CascadeClassifier>();
        if (!classifier->read(file.getFirstTopLevelNode()) || classifier->empty())
            throw Failure(Status::bad_argument, "this is no cascade that OpenCV can read");
        *cascade = classifier.release();
    });
}

SMIRK_EXPORT void smirk_vision_cascade_close(void* cascade) noexcept { delete static_cast<cv::CascadeClassifier*>(cascade); }

// The side of the window that the cascade was trained on, in pixels.
SMIRK_EXPORT int32_t smirk_vision_cascade_window(void* cascade, int32_t* side) {
    return guarded([&] { *side = static_cast<cv::CascadeClassifier*>(cascade)->getOriginalWindowSize().width; });
}

// Every window that passes all stages, ungrouped, with the last stage's sum. *count may exceed the capacity; then the rest is left out.
// `step` is the ratio of one window's side to the next smaller one; max_size 0 is the picture's size.
SMIRK_EXPORT int32_t smirk_vision_cascade_detect(void* cascade, const uint8_t* grey, int32_t width, int32_t height, double step,
                                                 int32_t min_size, int32_t max_size, void* hits, int32_t capacity, int32_t* count) {
    return guarded([&] {
        checked_bytes(width, height, 1);
        require(step > 1 && step <= 100, "the step between window sizes must be above 1 and at most 100, not ", step);
        require(min_size >= 0 && max_size >= 0 && capacity >= 0, "sizes of windows and room for hits can't be negative: ", min_size, ", ",
                max_size, " and ", capacity);
        const cv::Mat picture(height, width, CV_8UC1, const_cast<uint8_t*>(grey));
        std::vector<cv::Rect> found;
        std::vector<int> levels;
        std::vector<double> weights;
        static_cast<cv::CascadeClassifier*>(cascade)->detectMultiScale(picture, found, levels, weights, step, 0, 0,
                                                                       cv::Size(min_size, min_size),
                                                                       max_size > 0 ? cv::Size(max_size, max_size) : cv::Size(), true);
        *count = static_cast<int32_t>(found.size());
        auto* out = static_cast<Hit*>(hits);
        for (int32_t i = 0; i < *count && i < capacity; i++)
            out[i] = {found[i].x, found[i].y, found[i].width,
                      i < static_cast<int32_t>(weights.size()) ? static_cast<float>(weights[i]) : 0.0f};
    });
}
