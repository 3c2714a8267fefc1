"""One file a group: what was typed becomes rows to post. The rules of the trade, pure."""
