/** Errors as the API words them: `{ error: { message, type, param, code } }` under an HTTP status. */

export interface ApiError {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

type Wording = Pick<ApiError, "message" | "type" | "code">;

const byStatus: Readonly<Record<number, Wording>> = {
  400: { message: "Invalid request.", type: "invalid_request_error", code: null },
  401: { message: "Incorrect API key provided.", type: "invalid_request_error", code: "invalid_api_key" },
  403: { message: "This project may not use the model.", type: "invalid_request_error", code: "permission_denied" },
  404: { message: "The model does not exist.", type: "invalid_request_error", code: "model_not_found" },
  408: { message: "The request timed out.", type: "server_error", code: "request_timeout" },
  409: { message: "The resource is locked.", type: "server_error", code: "conflict" },
  413: { message: "The request is too large.", type: "invalid_request_error", code: "request_too_large" },
  429: { message: "Rate limit reached.", type: "requests", code: "rate_limit_exceeded" },
  500: { message: "The server had an error while processing your request.", type: "server_error", code: null },
  502: { message: "Bad gateway.", type: "server_error", code: null },
  503: { message: "The server is overloaded.", type: "service_unavailable_error", code: "server_is_overloaded" },
  529: { message: "Overloaded.", type: "overloaded_error", code: "overloaded" },
};

export function apiError(status: number, own: Partial<Omit<ApiError, "status">> = {}): ApiError {
  const wording = byStatus[status] ?? { message: `Status ${status}.`, type: "server_error", code: null };
  return { param: null, ...wording, ...own, status };
}

export function insufficientQuota(): ApiError {
  return apiError(429, {
    message: "You exceeded your current quota, please check your plan and billing details.",
    type: "insufficient_quota",
    code: "insufficient_quota",
  });
}

export function contextLengthExceeded(contextTokens: number, askedTokens: number): ApiError {
  return apiError(400, {
    message:
      `This model's maximum context length is ${contextTokens} tokens. However, your messages resulted in ` +
      `${askedTokens} tokens. Please reduce the length of the messages.`,
    param: "messages",
    code: "context_length_exceeded",
  });
}

export function errorBody(error: ApiError): { error: object } {
  return { error: { message: error.message, type: error.type, param: error.param, code: error.code } };
}
