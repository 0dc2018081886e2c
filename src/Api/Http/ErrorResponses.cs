using System.Globalization;
using System.Text.Json;
using AdvFit.Analysis;
using AdvFit.Api.Formats;
using AdvFit.Experiments;
using AdvFit.Learning.Data;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Spec;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace AdvFit.Api.Http;

/// <summary>A request is refused with an HTTP status. The message is a sentence for the client.</summary>
internal sealed class HttpStatusException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}

/// <summary>Answers requests that fail: an HTTP status, and <c>{"error": "One sentence."}</c>.</summary>
internal static partial class ErrorResponses
{
    /// <summary>Answers an error, or cuts the connection where an answer has begun, so that nobody takes it for whole.</summary>
    public static async Task AnswerAsync(HttpContext context, Exception error)
    {
        var (status, document) = Of(error);
        if (status == StatusCodes.Status500InternalServerError)
        {
            var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorResponses).FullName!);
            LogFault(log, context.Request.Method, context.Request.Path, error);
        }

        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        if (error is ServiceUnavailableException { RetryAfter: var wait })
        {
            context.Response.Headers[HeaderNames.RetryAfter] =
                Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await WriteAsync(context.Response, status, document);
    }

    /// <summary>Writes an error document.</summary>
    public static Task WriteAsync(HttpResponse response, int status, string sentence) =>
        WriteAsync(response, status, new ErrorDocument(sentence));

    private static Task WriteAsync(HttpResponse response, int status, ErrorDocument document)
    {
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        return response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(document, ApiJsonContext.Default.ErrorDocument)).AsTask();
    }

    private static (int Status, ErrorDocument Document) Of(Exception error) => error switch
    {
        HttpStatusException refused => (refused.Status, new ErrorDocument(error.Message)),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (
            StatusCodes.Status413PayloadTooLarge,
            new ErrorDocument($"The body is larger than the {ApiLimits.Body} bytes that are taken; send less.")),
        BadHttpRequestException bad => (bad.StatusCode, new ErrorDocument($"The request cannot be read: {error.Message}")),
        SpecException { Problems.IsEmpty: false } spec => (
            StatusCodes.Status400BadRequest,
            new ErrorDocument(
                "The spec is not sound; mend its problems and submit it again.",
                [.. spec.Problems.Take(ApiLimits.Problems).Select(each => new ProblemDocument(each.Line, each.Column, each.Message))])),
        SpecException or DatasetException or ExperimentException or FormatException => (
            StatusCodes.Status400BadRequest, new ErrorDocument(error.Message)),
        SweepException => (StatusCodes.Status409Conflict, new ErrorDocument(error.Message)),
        ServiceUnavailableException => (StatusCodes.Status503ServiceUnavailable, new ErrorDocument(error.Message)),
        AnalysisException or IOException or UnauthorizedAccessException => (
            StatusCodes.Status500InternalServerError, new ErrorDocument(error.Message)),
        _ => (
            StatusCodes.Status500InternalServerError,
            new ErrorDocument($"The server met a fault of its own ({error.GetType().Name}); its log has the details.")),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFault(ILogger log, string method, PathString path, Exception error);
}
