using System.Text.Json.Serialization.Metadata;

namespace AdvFit.Messages.Json;

/// <summary>Has a type's properties of the kind <see cref="IValueOrReason"/> written as two members.</summary>
internal static class ReasonMembers
{
    public static void AddTo(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i] is { Get: { } get } property && property.PropertyType.IsAssignableTo(typeof(IValueOrReason)))
            {
                var value = type.CreateJsonPropertyInfo(typeof(object), property.Name);
                value.Get = of => ((IValueOrReason?)get(of))?.ValueOrNull;
                value.ShouldSerialize = (of, _) => get(of) is not null;
                var reason = type.CreateJsonPropertyInfo(typeof(string), property.Name + "Reason");
                reason.Get = of => ((IValueOrReason?)get(of))?.Reason;
                reason.ShouldSerialize = (_, words) => words is not null;
                type.Properties[i] = value;
                type.Properties.Insert(i + 1, reason);
            }
        }
    }
}
