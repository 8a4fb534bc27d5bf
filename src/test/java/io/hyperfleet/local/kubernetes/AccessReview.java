package io.hyperfleet.local.kubernetes;

import io.hyperfleet.local.kubernetes.resource.ApiAnswer;
import io.hyperfleet.local.kubernetes.resource.ApiRequest;
import io.hyperfleet.local.kubernetes.resource.Json;

/** Everybody may do everything here; {@code kubectl auth can-i} and start-up checks want to be told so. */
final class AccessReview {

  private AccessReview() {
  }

  static ApiAnswer allow(ApiRequest request) {
    var review = Json.parseObject(request.body());
    review.putObject("status").put("allowed", true);
    return ApiAnswer.json(201, review);
  }
}
