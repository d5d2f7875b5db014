// Reads lines "path<TAB>path" and tells for each whether OpenCV decodes both files to the same pixels: equal, different, or
// unreadable (neither can be decoded).
// A second decoder beside libvips, for the tests alone: g++ opencv_compare.cpp -I/usr/include/opencv4 -lopencv_imgcodecs -lopencv_core
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>

static bool same(const cv::Mat& a, const cv::Mat& b) {
    if (a.size() != b.size() || a.type() != b.type())
        return false;
    for (int y = 0; y < a.rows; y++)
        if (std::memcmp(a.ptr(y), b.ptr(y), static_cast<size_t>(a.cols) * a.elemSize()) != 0)
            return false;
    return true;
}

int main() {
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto tab = line.find('\t');
        const char* verdict = "equal";
        // As stored, and as displayed: turned as Exif says.
        for (const int mode : {static_cast<int>(cv::IMREAD_UNCHANGED), static_cast<int>(cv::IMREAD_COLOR)}) {
            cv::Mat before, after;
            try {
                before = cv::imread(line.substr(0, tab), mode);
                after = cv::imread(line.substr(tab + 1), mode);
            } catch (const cv::Exception&) {
            }
            if (before.empty() && after.empty())
                verdict = "unreadable";
            else if (before.empty() || after.empty() || !same(before, after)) {
                verdict = "different";
                break;
            }
        }
        std::puts(verdict);
    }
    return 0;
}
