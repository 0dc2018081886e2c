using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AdvFit.Api.Http;

/// <summary>Who may ask what: this machine may look, and whoever shows the token may do everything.</summary>
/// <param name="settings">Has the token.</param>
internal sealed class Admission(ApiSettings settings)
{
    private readonly BearerToken? _token = string.IsNullOrEmpty(settings.Token) ? null : new BearerToken(settings.Token);

    /// <summary>Throws where a request is not admitted.</summary>
    /// <exception cref="RefusedException">It is not.</exception>
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
        if (isRead && LoopbackOnly.IsNear(context.Connection) && LoopbackOnly.Allows(request))
        {
            return;
        }

        throw _token is null
            ? new RefusedException(
                StatusCodes.Status403Forbidden,
                $"This server has no token, so that only its own machine can look and nobody can change anything; set {ApiSettings.TokenSetting}.")
            : NotShown(context, "That takes the token of this server; send it as `Authorization: Bearer TOKEN`.");
    }

    private static RefusedException NotShown(HttpContext context, string sentence)
    {
        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return new RefusedException(StatusCodes.Status401Unauthorized, sentence);
    }
}
