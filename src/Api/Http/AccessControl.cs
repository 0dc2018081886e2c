using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AdvFit.Api.Http;

/// <summary>
/// Decides whether a request is allowed: reads from this machine are, unless the settings say otherwise, and everything else needs
/// the token.
/// </summary>
/// <param name="settings">The API's settings, with the token.</param>
internal sealed class AccessControl(ApiSettings settings)
{
    private readonly BearerToken? _token = string.IsNullOrEmpty(settings.Token) ? null : new BearerToken(settings.Token);

    /// <summary>Refuses a request that is not allowed.</summary>
    /// <exception cref="HttpStatusException">It is not allowed (401 or 403).</exception>
    public void Check(HttpContext context)
    {
        var request = context.Request;
        if (_token is not null && request.Headers.Authorization.Count > 0)
        {
            if (!_token.IsShownBy(request))
            {
                throw NotShown(context, "The token is not that of this server; give the one that was set there.");
            }

            return;
        }

        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isRead && !settings.TokenForReading && LocalRequests.IsFromThisMachine(context) && LocalRequests.IsSameOrigin(request))
        {
            return;
        }

        throw _token is null
            ? new HttpStatusException(
                StatusCodes.Status403Forbidden,
                "This server has no token, so that nobody can change anything, and only its own machine may look; set "
                + $"{ApiSettings.TokenSetting}.")
            : NotShown(context, "That takes the token of this server; send it as `Authorization: Bearer TOKEN`.");
    }

    private static HttpStatusException NotShown(HttpContext context, string sentence)
    {
        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return new HttpStatusException(StatusCodes.Status401Unauthorized, sentence);
    }
}
