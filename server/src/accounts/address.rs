//! Where a request comes from: the peer's address, or what a trusted proxy says.

use std::net::IpAddr;

use axum::http::HeaderMap;

/// The address to count for limits. `X-Forwarded-For` is believed from the right, as far as the proxies are ours.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let peer = peer.to_canonical();
    if !proxies.contains(&peer) {
        return peer;
    }
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let mut address = peer;
    for part in forwarded.iter().rev() {
        let Ok(named) = part.trim().parse::<IpAddr>() else { break };
        address = named.to_canonical();
        if !proxies.contains(&address) {
            break;
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(peer: &str, forwarded: &str, proxies: &[&str], expected: &str) {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().expect("as the test says"));
        let proxies: Vec<IpAddr> = proxies.iter().map(|proxy| proxy.parse().expect("as the test says")).collect();
        assert_eq!(client_address(peer.parse().expect("as the test says"), &headers, &proxies).to_string(), expected);
    }

    #[test]
    fn forwarded_addresses_are_believed_from_trusted_proxies_alone() {
        check("10.0.0.9", "1.2.3.4", &[], "10.0.0.9");
        check("10.0.0.9", "1.2.3.4", &["10.0.0.9"], "1.2.3.4");
        check("10.0.0.9", "6.6.6.6, 1.2.3.4", &["10.0.0.9"], "1.2.3.4");
        check("10.0.0.9", "1.2.3.4, 10.0.0.8", &["10.0.0.9", "10.0.0.8"], "1.2.3.4");
        check("10.0.0.9", "nonsense", &["10.0.0.9"], "10.0.0.9");
        check("::ffff:10.0.0.9", "1.2.3.4", &["10.0.0.9"], "1.2.3.4");
    }
}
